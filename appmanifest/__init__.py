"""The Teams app: its manifest, its icons, the package that an administrator uploads."""
