"""Text as Unicode code points: where a thing stands and how to find it again."""
