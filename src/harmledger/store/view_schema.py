"""The tables of a view. Nothing here is a fact: a view is thrown away and built anew at will.

What is looked through as a whole is kept apart from what is fetched a row at a time: readings and sketches from
contents, tellings from what is told and from where they belong, incidents from their lines.
"""

from typing import Final

VIEW_FORMAT: Final = 10
"""Counts up with every change of the tables or of what is kept in them; it is part of a view's name."""

TABLES: Final = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE readings (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  fingerprint TEXT NOT NULL,
  state TEXT NOT NULL,
  published TEXT,
  supersedes TEXT,
  family TEXT,
  source TEXT NOT NULL
) STRICT;

CREATE TABLE sketches (number INTEGER PRIMARY KEY, key BLOB NOT NULL, bands BLOB NOT NULL) STRICT;
CREATE TABLE bands (band INTEGER, run INTEGER, body BLOB NOT NULL, PRIMARY KEY (band, run)) STRICT;

CREATE TABLE contents (
  number INTEGER PRIMARY KEY,
  signature BLOB NOT NULL,
  claims BLOB NOT NULL,
  problems BLOB NOT NULL
) STRICT;

CREATE TABLE claims (claim INTEGER, reading INTEGER, PRIMARY KEY (claim, reading)) STRICT, WITHOUT ROWID;
CREATE TABLE parts (
  reading INTEGER, part INTEGER, whole INTEGER NOT NULL, PRIMARY KEY (reading, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE tellings (
  number INTEGER PRIMARY KEY,
  scope TEXT NOT NULL,
  family TEXT NOT NULL,
  position TEXT NOT NULL
) STRICT;
CREATE TABLE homes (
  number INTEGER PRIMARY KEY,
  component INTEGER NOT NULL,
  incident INTEGER NOT NULL,
  loose INTEGER NOT NULL
) STRICT;
CREATE TABLE told (number INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;

CREATE TABLE blocks (
  block INTEGER, moment INTEGER, telling INTEGER, PRIMARY KEY (block, moment, telling)
) STRICT, WITHOUT ROWID;
CREATE TABLE links (
  later INTEGER, earlier INTEGER, score REAL NOT NULL, PRIMARY KEY (later, earlier)
) STRICT, WITHOUT ROWID;

CREATE TABLE leaves (
  number INTEGER PRIMARY KEY,
  alternatives INTEGER NOT NULL,
  holder INTEGER,
  remainder REAL NOT NULL,
  direct INTEGER NOT NULL
) STRICT;

CREATE TABLE members (claim INTEGER PRIMARY KEY, incident INTEGER NOT NULL) STRICT;

CREATE TABLE places (number INTEGER PRIMARY KEY, body TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE tolls (number INTEGER PRIMARY KEY, body TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE incidents (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  scope TEXT NOT NULL,
  first TEXT,
  last TEXT,
  name TEXT NOT NULL,
  place INTEGER,
  status TEXT NOT NULL,
  toll INTEGER NOT NULL,
  part_of TEXT NOT NULL,
  formerly TEXT NOT NULL,
  anchors TEXT NOT NULL,
  age TEXT NOT NULL,
  checksum INTEGER NOT NULL
) STRICT;

CREATE TABLE lines (number INTEGER PRIMARY KEY, line BLOB NOT NULL) STRICT;
"""

INDEXES: Final = """
CREATE INDEX tellings_by_family ON tellings (family);
CREATE INDEX homes_by_component ON homes (component);
CREATE INDEX homes_by_incident ON homes (incident);
CREATE INDEX links_by_earlier ON links (earlier, later, score);
CREATE INDEX incidents_by_id ON incidents (id);
CREATE INDEX incidents_by_scope ON incidents (scope, first);
CREATE INDEX incidents_by_time ON incidents (first, name, id);
CREATE INDEX members_by_incident ON members (incident);
CREATE INDEX readings_by_state ON readings (state);
CREATE INDEX readings_by_supersedes ON readings (supersedes) WHERE supersedes IS NOT NULL;
CREATE INDEX parts_by_part ON parts (part);
CREATE INDEX parts_by_whole ON parts (whole);
CREATE INDEX readings_by_family ON readings (family);
CREATE INDEX sketches_by_key ON sketches (key);
"""
"""Made once the tables of a view built from nothing are filled: that is twice as fast."""

ROOM: Final = """
INSERT OR IGNORE INTO members SELECT claim + 1, -1 FROM members WHERE claim % 48 = 0;
DELETE FROM members WHERE incident = -1;
INSERT INTO claims SELECT claim, -1 FROM claims WHERE claim % 48 = 0;
DELETE FROM claims WHERE reading = -1;
INSERT INTO blocks SELECT block, moment, -1 FROM blocks WHERE telling % 48 = 0 GROUP BY block, moment;
DELETE FROM blocks WHERE telling = -1;
INSERT INTO links SELECT later, -earlier, score FROM links WHERE (later + earlier) % 48 = 0;
DELETE FROM links WHERE earlier < 0;
INSERT INTO links SELECT -later, earlier, score FROM links WHERE (later + earlier) % 48 = 1;
DELETE FROM links WHERE later < 0;
INSERT INTO readings SELECT -number, id || '~', '', state, NULL, NULL, family, '' FROM readings WHERE number % 24 = 0;
DELETE FROM readings WHERE number < 0;
INSERT INTO sketches SELECT -number, key, x'' FROM sketches WHERE number % 24 = 0;
DELETE FROM sketches WHERE number < 0;
INSERT INTO parts SELECT -reading, part, whole FROM parts WHERE reading % 24 = 0;
DELETE FROM parts WHERE reading < 0;
INSERT INTO tellings SELECT -number, scope, family, '' FROM tellings WHERE number % 24 = 0;
DELETE FROM tellings WHERE number < 0;
INSERT INTO homes SELECT -number, component, incident, loose FROM homes WHERE number % 48 = 0;
DELETE FROM homes WHERE number < 0;
INSERT INTO incidents SELECT -number, id, scope, first, last, name, NULL, '', 0, '', '', '', '', 0 FROM incidents WHERE number % 24 = 0;
DELETE FROM incidents WHERE number < 0;
"""
"""Run then. Pages that were filled in order are full, so that a row that comes between others has three pages written and one
added; a row here and there that comes and goes leaves room on all of them, for a view that is 2 % larger."""
