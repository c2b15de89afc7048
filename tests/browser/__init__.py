"""Tests in a real browser; a package, so that its conftest is another module than that of all tests."""
