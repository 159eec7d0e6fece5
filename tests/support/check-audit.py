#!/usr/bin/env python3
"""Judges an exported audit trail: check-audit.py EXPORT_FOLDER PROJECT_FOLDER

Shares nothing with the program. Reads the project folder as FORMAT.md describes, checks its
chain of hashes against the one that the manifest names, derives every offset anew from the
UTF-16 offsets of the journal and the texts, compares both files entry by entry, and replays the
JSON lines. Prints a JSON summary; ends with 0 if nothing is wrong, else with 1.
"""
import csv
import datetime
import hashlib
import io
import json
import struct
import sys
import zlib
from pathlib import Path

csv.field_size_limit(2**31 - 1)
failures = []


def expect(truth, message):
    if not truth:
        failures.append(message)


def frames(data):
    at = 0
    while at + 16 <= len(data):
        magic, length, crc, head = struct.unpack_from('<4sIII', data, at)
        payload = data[at + 16:at + 16 + length]
        if magic != b'CDCL' or zlib.crc32(data[at:at + 12]) != head:
            return
        if len(payload) < length or zlib.crc32(payload) != crc:
            return
        yield data[at:at + 16 + length], payload
        at += 16 + length


def as_of_format_3(entry):
    """An older entry as FORMAT.md says that it is to be read."""
    def report(row):
        return row and {**row, 'path': row['fileName'], 'row': None, 'format': 'txt',
                        'extractor': 'txt/1', 'markupHash': None, 'hanChars': None}
    if entry['kind'] == 'import':
        reports = [report(row) for row in entry['reports']]
        return {**entry, 'reports': reports, 'variables': [], 'values': []}
    changes = [{**change, 'before': report(change['before']), 'after': report(change['after'])}
               if change['table'] == 'reports' else change for change in entry['changes']]
    return {**entry, 'changes': changes}


def journal(folder):
    """Every entry with the hash of its frame, the chain checked."""
    heads = {}
    for path in sorted((folder / 'journal').glob('*.log')):
        first = next(frames(path.read_bytes()), None)
        if first:
            heads[path.name] = json.loads(first[1])
    name, limit, files = max(heads), None, []
    while name:
        files.insert(0, (folder / 'journal' / name).read_bytes()[:limit])
        before = heads[name]['continues']
        name, limit = (before['file'], before['bytes']) if before else (None, None)
    prev, entries = '', []
    for data in files:
        for i, (frame, payload) in enumerate(frames(data)):
            entry = json.loads(payload)
            expect(entry.pop('prev') == prev, 'the chain is broken')
            prev = hashlib.sha256(frame).hexdigest()
            if i == 0:
                layout = entry['format']
            else:
                entries.append((as_of_format_3(entry) if layout < 3 else entry, prev))
    return entries


def iso(ms):
    at = datetime.datetime(1970, 1, 1) + datetime.timedelta(milliseconds=ms)
    return at.isoformat(timespec='milliseconds') + 'Z'


def main(exported, project):
    entries = journal(project)
    blobs = {p[:32].hex(): p[32:] for pack in sorted((project / 'blobs').glob('*.pack'))
             for _, p in frames(pack.read_bytes())}
    manifest = json.loads((exported / 'manifest.json').read_text('utf-8'))
    for file in manifest['files']:
        data = (exported / file['name']).read_bytes()
        expect(len(data) == file['bytes'], f"{file['name']}: other size")
        expect(hashlib.sha256(data).hexdigest() == file['sha256'], f"{file['name']}: other hash")
    last = manifest['journal']
    expect(entries[last['last_seq'] - 1][1] == last['last_hash'], 'the last hash is another one')

    lines = [json.loads(line) for line in
             (exported / 'audit.jsonl').read_text('utf-8').split('\n') if line]
    data = (exported / 'audit.csv').read_bytes()
    expect(data.startswith(b'\xef\xbb\xbf'), 'audit.csv: no byte order mark')
    rows = list(csv.DictReader(io.StringIO(data.decode('utf-8-sig'), newline='')))
    expect([c['name'] for c in manifest['columns']] == list(rows[0]), 'columns are not as described')
    expect(all(c['meaning']['en'] and c['meaning']['zh'] for c in manifest['columns']), 'no meaning')
    expect(len(lines) == manifest['entries'], 'another number of entries')
    expect(len(rows) == manifest['changes'], 'another number of changes')
    if not manifest['filtered']:
        expect(len(lines) == len(entries), 'entries are missing')

    reports, offsets, at_row, tables = {}, 0, 0, {}
    raw = not manifest['protect_for_spreadsheets']

    def text_of(report_id):
        blob = blobs.get(reports[report_id]['textHash'])
        return None if blob is None else blob.decode()

    def points(text, offset):
        return len(text.encode('utf-16-le')[:2 * offset].decode('utf-16-le'))

    def outer(table, row):
        if row is None:
            return None
        row = dict(row)
        if table == 'reports':
            row['length_utf16'] = row.pop('length')
        if table in ('annotations', 'values', 'corrections'):
            text = text_of(row['reportId'])
            for side in ('start', 'end'):
                value = row.pop(side)
                unknown = text is None or value is None
                row[side + '_cp'] = None if unknown else points(text, value)
            if text is not None and table == 'annotations':
                expect(text[row['start_cp']:row['end_cp']] == row['quote'], 'quote is elsewhere')
        return row

    wanted = {line['seq']: line for line in lines}
    for entry, _ in entries:
        batch = [('batches', entry['batch'])] if entry['kind'] == 'import' else []
        changes = [{'table': t, 'id': r['id'], 'before': None, 'after': r} for t, r in
                   batch + [(t, r) for t in ('reports', 'variables', 'values')
                            for r in entry.get(t, [])]]
        changes += entry.get('changes', [])
        for change in changes:
            if change['table'] == 'reports' and change['after']:
                reports[change['id']] = change['after']
        line = wanted.get(entry['seq'])
        if line is None:
            continue
        expect(line['at'] == iso(entry['at']), f"entry {entry['seq']}: another time")
        expect([line['kind'], line['coderId']] == [entry['kind'], entry['coderId']], 'other head')
        told = [{'table': t, 'id': r['id'], 'before': None, 'after': r} for t, r in
                ([('batches', line['batch'])] if 'batch' in line else []) +
                [(t, r) for t in ('reports', 'variables', 'values') for r in line.get(t, [])]] + \
            line.get('changes', [])
        expect(len(told) == len(changes), f"entry {entry['seq']}: other changes")
        for ours, theirs in zip(changes, told):
            table = ours['table']
            for side in ('before', 'after'):
                expect(outer(table, ours[side]) == theirs[side], f"entry {entry['seq']}: {side}")
            tables.setdefault(table, {})[ours['id']] = theirs['after']
            row, at_row = rows[at_row], at_row + 1
            expect(row['seq'] == str(entry['seq']) and row['id'] == ours['id'], 'csv: another order')
            expect(row['time'] == line['at'] and row['table'] == table, 'csv: other head')
            mark = 'added' if not ours['before'] else 'changed' if ours['after'] else 'removed'
            expect(row['change'] == mark, 'csv: another mark')
            if table == 'annotations':
                text = text_of(row['report_id'])
                if text is None:
                    expect(row['start'] == row['end'] == '', 'csv: offsets without a text')
                    continue
                quote = text[int(row['start']):int(row['end'])]
                shown = row['quote'] if raw or row['quote'] == quote else row['quote'][1:]
                expect(quote == shown, f"csv: {row['quote']!r} is not at its place")
                offsets += 1
    rows_left = {t: sum(1 for r in found.values() if r) for t, found in tables.items()}
    print(json.dumps({'ok': not failures, 'entries': len(lines), 'changes': len(rows),
                      'offsets': offsets, 'rows': rows_left, 'failures': failures[:20]}))
    return 1 if failures else 0


sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
