// Opened as files, pages may not read each other: results are then listed without their sentences.
if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
