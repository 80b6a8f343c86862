"""The namespaces of OpenDocument."""

from __future__ import annotations

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
OFFICE = _OASIS % "office"
TEXT = _OASIS % "text"
TABLE = _OASIS % "table"
STYLE = _OASIS % "style"
DRAW = _OASIS % "drawing"
FO = _OASIS % "xsl-fo-compatible"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
DC = "{http://purl.org/dc/elements/1.1/}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
