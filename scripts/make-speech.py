#!/usr/bin/env python3
"""Makes the spoken prompts of every language from its texts.

  scripts/make-speech.py           makes what is missing or changed, removes what is no longer said
  scripts/make-speech.py --check   makes nothing; fails when sound and text do not agree

For every assets/LANG/texts.toml this keeps

  assets/LANG/speech/ID.opus       one prompt; ID is the dotted key of the text, e.g. thanks.title
  assets/LANG/speech/lines.txt     "ID<TAB>what is spoken", after a line that says how it was made
  assets/LANG/recordings/lines.txt the same for recordings (ID.opus beside it), which win over the
                                   generated prompts in the build

What is not read aloud stands in assets/unspoken.txt, how words are read in
assets/LANG/pronunciation.txt. Needs python3 (3.11), and for making espeak-ng and opusenc.
"""

import argparse
import fnmatch
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

VOICES = {"vi": "vi", "en": "en-us"}
# Slow and clear: 175 words a minute is espeak-ng's own pace; 10 ms more between the words.
SPEAK = ["espeak-ng", "-s", "135", "-g", "1", "--stdin", "--stdout"]
# A fixed serial number, so that the same words give the same file.
ENCODE = ["opusenc", "--quiet", "--speech", "--bitrate", "16", "--padding", "0", "--serial", "1",
          "-"]

ID_PART = re.compile(r"[A-Za-z0-9_-]+")


class Complaint(Exception):
    """One sentence for people."""


def texts_in(value, key=""):
    """All texts below a value of TOML, as (dotted key, text); members of lists count from 0."""
    if isinstance(value, str):
        yield key, value
        return
    parts = value.items() if isinstance(value, dict) else []
    if isinstance(value, list):
        parts = enumerate(value)
    for name, part in parts:
        if not ID_PART.fullmatch(str(name)):
            raise Complaint(f"key {key}.{name}: expected letters, digits, _ and -")
        yield from texts_in(part, f"{key}.{name}" if key else str(name))


def read_texts(file):
    try:
        with open(file, "rb") as stream:
            return dict(texts_in(tomllib.load(stream)))
    except tomllib.TOMLDecodeError as error:
        raise Complaint(f"{file}: {error}") from error


def read_entries(file):
    """The lines of a file that may be missing; # begins a comment line."""
    if not file.exists():
        return []
    lines = file.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def read_pairs(file):
    """Lines of "left<TAB>right"."""
    pairs = {}
    for line in read_entries(file):
        left, tab, right = line.partition("\t")
        if not tab:
            raise Complaint(f"{file}: expected a tab in '{line}'")
        pairs[left] = right
    return pairs


def spoken(text, pronunciation):
    """What is said for a text: whole words as they are read, then no placeholders and signs."""
    text = text.replace("\u00a0", " ")
    for written in sorted(pronunciation, key=len, reverse=True):
        read = pronunciation[written]
        text = re.sub(rf"(?<!\w){re.escape(written)}(?!\w)", lambda _: read, text)
    text = text.replace("{}", " ")
    text = re.sub(r"[/·•|_\"“”()\[\]{}<>]+", " ", text)
    text = " ".join(text.split())
    return re.sub(r"\s+([.,;:?!…])", r"\1", text)


def is_sayable(line):
    return any(character.isalnum() for character in line)


def how(language):
    return " ".join(["#", *SPEAK, "-v", VOICES.get(language, language), "|", *ENCODE])


class Language:
    """One folder of assets and what is said in it."""

    def __init__(self, folder, unspoken):
        self.folder = folder
        self.speech = folder / "speech"
        self.recordings = folder / "recordings"
        self.how = how(folder.name)
        pronunciation = read_pairs(folder / "pronunciation.txt")
        self.lines = {}
        for key, text in sorted(read_texts(folder / "texts.toml").items()):
            line = spoken(text, pronunciation)
            silent = any(fnmatch.fnmatchcase(key, pattern) for pattern in unspoken)
            if not silent and is_sayable(line):
                self.lines[key] = line
        self.made = self.read_made()
        self.recorded = read_pairs(self.recordings / "lines.txt")

    def read_made(self):
        """What the present prompts say; nothing when they were made in another way."""
        file = self.speech / "lines.txt"
        if not file.exists() or file.read_text(encoding="utf-8").split("\n")[0] != self.how:
            return {}
        return read_pairs(file)

    def stale(self):
        return [key for key, line in self.lines.items()
                if self.made.get(key) != line or not (self.speech / f"{key}.opus").exists()]

    def orphans(self):
        files = sorted(self.speech.glob("*.opus"))
        return [file for file in files if file.name.removesuffix(".opus") not in self.lines]

    def recorded_ids(self):
        return [file.name.removesuffix(".opus") for file in sorted(self.recordings.glob("*.opus"))]

    def complaints_about_recordings(self):
        for key in self.recorded_ids():
            where = f"{self.recordings}/{key}.opus"
            if key not in self.lines:
                yield f"{where}: no text has this key"
            elif key in self.recorded and self.recorded[key] != self.lines[key]:
                yield (f"{where}: says '{self.recorded[key]}', the text is '{self.lines[key]}': "
                       "record it anew and remove its line from lines.txt, or remove the recording")

    def complaints(self):
        for key in self.stale():
            yield f"{self.speech}/{key}.opus: missing or says something else than its text"
        for key in self.made.keys() - self.lines.keys():
            yield f"{self.speech}/lines.txt: no text has the key {key}"
        for file in self.orphans():
            yield f"{file}: no text has this key"
        for key in self.recorded_ids():
            if key in self.lines and key not in self.recorded:
                yield f"{self.recordings}/lines.txt: does not say what {key}.opus says"
        yield from self.complaints_about_recordings()

    def make(self):
        self.speech.mkdir(exist_ok=True)
        stale = self.stale()
        for key in stale:
            self.make_prompt(key)
        orphans = self.orphans()
        for file in orphans:
            file.unlink()
        write_lines(self.speech / "lines.txt", self.how, self.lines)
        self.made = self.lines
        self.note_recordings()
        print(f"{self.folder}: {len(self.lines)} prompts, {len(stale)} made, "
              f"{len(orphans)} removed, {len(self.recorded_ids())} replaced by recordings")

    def make_prompt(self, key):
        voice = VOICES.get(self.folder.name, self.folder.name)
        sound = run([*SPEAK, "-v", voice], self.lines[key].encode())
        unfinished = self.speech / f"{key}.tmp"
        run([*ENCODE, str(unfinished)], sound)
        os.replace(unfinished, self.speech / f"{key}.opus")

    def note_recordings(self):
        """A recording without a line is new: it says what the text says today."""
        ids = self.recorded_ids()
        if not ids:
            return
        lines = {key: self.recorded.get(key, self.lines[key]) for key in ids if key in self.lines}
        write_lines(self.recordings / "lines.txt", "# what was recorded", lines)
        self.recorded = lines


def write_lines(file, first, lines):
    text = "".join(f"{key}\t{line}\n" for key, line in sorted(lines.items()))
    file.write_text(f"{first}\n{text}", encoding="utf-8")


def run(command, given):
    try:
        return subprocess.run(command, input=given, stdout=subprocess.PIPE, check=True).stdout
    except FileNotFoundError as error:
        raise Complaint(f"{command[0]} is missing: scripts/install-deps.sh --test installs it"
                        ) from error
    except subprocess.CalledProcessError as error:
        raise Complaint(f"{command[0]} failed with exit code {error.returncode}") from error


def languages_in(assets):
    unspoken = read_entries(assets / "unspoken.txt")
    found = [Language(file.parent, unspoken) for file in sorted(assets.glob("*/texts.toml"))]
    if not found:
        raise Complaint(f"{assets}: holds no LANG/texts.toml")
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only say what is missing or stale")
    parser.add_argument("--assets", type=Path, metavar="FOLDER",
                        default=Path(__file__).resolve().parent.parent / "assets")
    options = parser.parse_args()
    complaints = []
    for language in languages_in(options.assets):
        if not options.check:
            language.make()
        complaints += language.complaints()
    for complaint in complaints:
        print(f"make-speech.py: {complaint}", file=sys.stderr)
    if complaints and options.check:
        print("make-speech.py: scripts/make-speech.py makes the prompts anew", file=sys.stderr)
    return 1 if complaints else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Complaint as complaint:
        sys.exit(f"make-speech.py: {complaint}")
