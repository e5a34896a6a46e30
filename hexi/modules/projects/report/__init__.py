"""The monthly report: facts put into the words of officials, and drawn as HTML, DOCX or JSON."""
