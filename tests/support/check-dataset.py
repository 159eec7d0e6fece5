#!/usr/bin/env python3
"""Judges an exported dataset: check-dataset.py EXPORT_FOLDER FOLDER_OF_ORIGINAL_TEXTS

Shares nothing with the program. Reads the tables with Python's own csv module, finds every
quote again in the original file by its code points, counts everything anew, and hashes the
files. Prints a JSON summary. Ends with 0 if nothing is wrong, 1 if something is, 2 if it was
called wrongly. Originals are UTF-8; their CRLF and CR are read as LF.
"""
import csv
import hashlib
import io
import json
import re
import sys
from collections import Counter
from pathlib import Path

csv.field_size_limit(2**31 - 1)
failures = []
TABLES = {
    'segments.csv': 'segment_id report_id report file code_id code_path code coder_id coder '
    'start end n_char text memo created intact'.split(),
    'report_code.csv': 'report_id report file n_char n_segments'.split(),
    'codebook.csv': 'code_id count_column flag_column parent_id path code level definition '
    'include exclude example color n_segments n_reports'.split(),
}


def expect(truth, message):
    if not truth:
        failures.append(message)


def read_table(folder, name):
    """A table's header and rows, after a look at its bytes."""
    data = (folder / name).read_bytes()
    expect(data.startswith(b'\xef\xbb\xbf'), f'{name}: no byte order mark')
    expect(data[3:6] != b'\xef\xbb\xbf', f'{name}: two byte order marks')
    expect(data.endswith(b'\r\n'), f'{name}: does not end with CRLF')
    text = data.decode('utf-8-sig')
    outside = re.sub(r'"(?:[^"]|"")*"', '', text).replace('\r\n', '')
    expect('\n' not in outside and '\r' not in outside, f'{name}: a line ends with LF or CR alone')
    expect('"' not in outside, f'{name}: a quote out of place')
    rows = list(csv.reader(io.StringIO(text, newline=''), strict=True))
    header, rows = rows[0], rows[1:]
    for number, row in enumerate(rows, 2):
        expect(len(row) == len(header), f'{name}: record {number} has {len(row)} cells')
    first = TABLES[name]
    expect(header[: len(first)] == first, f'{name}: header is {header[:len(first)]}')
    folded = [column.lower() for column in header]
    expect(len(set(folded)) == len(folded), f'{name}: two columns share a name')
    for column in header:
        expect(re.fullmatch(r'[a-z][a-z0-9_]{0,30}[a-z0-9]', column), f'{name}: column {column!r}')
    return header, [dict(zip(header, row)) for row in rows]


def read_originals(folder):
    texts = {}
    for path in folder.iterdir():
        if path.is_file():
            raw = path.read_bytes().decode('utf-8-sig')
            texts[path.name] = raw.replace('\r\n', '\n').replace('\r', '\n')
    return texts


def check_manifest(folder, manifest, tables):
    expect(manifest['format'] == 'codicil-dataset', 'manifest: format')
    expect(manifest['format_version'] == 1, 'manifest: format version')
    expect(manifest['rolled_up'] is False, 'manifest: rolled_up')
    raw = (folder / 'manifest.json').read_bytes()
    expect(b'\r' not in raw and raw.endswith(b'\n'), 'manifest: line ends')
    listed = [file['name'] for file in manifest['files']]
    expect(listed == list(TABLES), f'manifest: lists {listed}')
    found = sorted(path.name for path in folder.iterdir())
    expect(found == sorted([*TABLES, 'manifest.json']), f'folder holds {found}')
    for file in manifest['files']:
        data = (folder / file['name']).read_bytes()
        expect(file['bytes'] == len(data), f"{file['name']}: bytes")
        expect(file['sha256'] == hashlib.sha256(data).hexdigest(), f"{file['name']}: sha256")
        expect(file['rows'] == len(tables[file['name']][1]), f"{file['name']}: rows")


def check_segments(segments, reports, texts, manifest):
    is_protected = manifest['protect_for_spreadsheets']
    blamed = {entry['segment_id'] for entry in manifest['segments_not_intact']}
    names = Counter(report['file'] for report in reports)
    known = {report['report_id']: at for at, report in enumerate(reports)}
    last = None
    checked = 0
    seen = set()
    for row in segments:
        name = row['segment_id']
        expect(name not in seen, f'{name}: twice')
        seen.add(name)
        expect(re.fullmatch(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ', row['created']), f'{name}: created')
        expect(row['intact'] in ('0', '1'), f'{name}: intact is {row["intact"]!r}')
        expect((row['intact'] == '0') == (name in blamed), f'{name}: intact and manifest differ')
        if is_protected:
            expect(row['text'][:1] not in tuple('=+-@'), f'{name}: unprotected')
        if row['start'] == '':
            expect(row['intact'] == '0', f'{name}: intact without a place')
            continue
        start, end = int(row['start']), int(row['end'])
        at = known.get(row['report_id'])
        expect(at is not None, f'{name}: has a place but no report')
        here = (at, start, -end)
        expect(last is None or last <= here, f'{name}: out of order')
        last = here
        file = row['file']
        if file not in texts:
            failures.append(f'{name}: no original called {file}')
            continue
        quote = row['text']
        place = texts[file][start:end]
        is_there = place == quote or (is_protected and "'" + place == quote)
        if row['intact'] == '0':
            continue
        if names[file] > 1 and not is_there:
            continue
        expect(is_there and start < end, f'{name}: {file} {start}-{end} does not say the quote')
        expect(int(row['n_char']) == end - start == len(place), f'{name}: n_char')
        checked += 1
    return checked


def check_counts(segments, header, reports, codes, texts):
    columns = [name for code in codes for name in (code['count_column'], code['flag_column'])]
    expect(header[5:] == columns, 'report_code.csv: columns are not those of codebook.csv')
    pairs = Counter((row['report_id'], row['code_id']) for row in segments)
    per_report = Counter(row['report_id'] for row in segments)
    per_code = Counter(row['code_id'] for row in segments)
    carriers = Counter()
    names = Counter(report['file'] for report in reports)
    for report in reports:
        own = report['report_id']
        expect(int(report['n_segments']) == per_report[own], f'{own}: n_segments')
        if report['file'] in texts and names[report['file']] == 1:
            expect(int(report['n_char']) == len(texts[report['file']]), f'{own}: n_char')
        for code in codes:
            n = pairs[own, code['code_id']]
            carriers[code['code_id']] += n > 0
            expect(report[code['count_column']] == str(n), f"{own}: {code['count_column']}")
            flag = report[code['flag_column']]
            expect(flag == ('1' if n else '0'), f"{own}: {code['flag_column']}")
    for code in codes:
        own = code['code_id']
        expect(int(code['n_segments']) == per_code[own], f'{own}: n_segments')
        expect(int(code['n_reports']) == carriers[own], f'{own}: n_reports')


def main():
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    folder, originals = Path(sys.argv[1]), Path(sys.argv[2])
    summary = {}
    try:
        tables = {name: read_table(folder, name) for name in TABLES}
        manifest = json.loads((folder / 'manifest.json').read_text('utf-8'))
        texts = read_originals(originals)
        segments, codes = tables['segments.csv'][1], tables['codebook.csv'][1]
        header, reports = tables['report_code.csv']
        check_manifest(folder, manifest, tables)
        checked = check_segments(segments, reports, texts, manifest)
        check_counts(segments, header, reports, codes, texts)
        counts = manifest['counts']
        not_intact = sum(row['intact'] == '0' for row in segments)
        expect(counts['segments'] == len(segments), 'manifest: counts.segments')
        expect(counts['reports'] == len(reports), 'manifest: counts.reports')
        expect(counts['codes'] == len(codes), 'manifest: counts.codes')
        expect(counts['segments_not_intact'] == not_intact, 'manifest: counts.segments_not_intact')
        summary = {
            'reports': len(reports),
            'codes': len(codes),
            'segments': len(segments),
            'quotes_found': checked,
            'not_intact': not_intact,
        }
    except Exception as error:  # whatever cannot even be read is a failure too
        failures.append(f'{type(error).__name__}: {error}')
    summary |= {'ok': not failures, 'failures': failures[:20], 'n_failures': len(failures)}
    print(json.dumps(summary, ensure_ascii=False, indent=1))
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
