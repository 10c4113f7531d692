"""The public site: pages, lanes, exports, and the templates they use."""
