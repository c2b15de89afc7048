"""Files of office programs: zip packages that are the same bytes whenever and wherever they are written."""

import io
import zipfile

# The earliest time a zip file can hold.
NO_TIME = (1980, 1, 1, 0, 0, 0)


def without_times(packed: io.BytesIO) -> bytes:
    """The package with one fixed time and nothing compressed, for compressors differ from machine to machine."""
    fixed = io.BytesIO()
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_STORED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, NO_TIME)
            entry.create_system = 0
            target.writestr(entry, source.read(name))
    return fixed.getvalue()
