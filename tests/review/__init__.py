"""Review over HTTP: who may write, what is decided, what others decided meanwhile, what may be shown."""
