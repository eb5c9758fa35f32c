"""The screens, one thin file each. A screen's `show` draws it and checks who is asking."""
