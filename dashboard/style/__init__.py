"""The one visual language: colors, type and spacing of screens, components and plain pages."""
