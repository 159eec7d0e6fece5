/** A package that must not come in older than `atLeast`, directly or through another. */
export interface MinimumVersion {
  readonly name: string
  readonly atLeast: string
  /** What older versions have, and where it is told. */
  readonly because: string
}

/**
 * Versions below which a hole is known that would matter here. Packages that are not used stand
 * here too, so that none comes in with an old one.
 */
export const MINIMUM_VERSIONS: readonly MinimumVersion[] = [
  // What runs in the program.
  {
    name: 'electron',
    atLeast: '43.0.0',
    because: 'Electron mends Chromium only in its three latest majors',
  },
  { name: 'react', atLeast: '19.2.1', because: 'CVE-2025-55182 in its server parts' },
  { name: 'react-dom', atLeast: '19.2.1', because: 'goes with react' },
  {
    name: 'dexie',
    atLeast: '4.0.0',
    because: 'CVE-2022-21189, prototype pollution before 3.2.2; we are on 4',
  },
  {
    name: 'i18next',
    atLeast: '19.8.5',
    because: 'prototype pollution in addResourceBundle',
  },
  {
    name: 'html-parse-stringify',
    atLeast: '3.0.1',
    because: 'CVE-2021-23346, slow pattern; comes with react-i18next',
  },
  {
    name: 'prosemirror-model',
    atLeast: '1.22.1',
    because: 'before, attributes in HTML could write script into the page (DOMSerializer)',
  },
  { name: 'valibot', atLeast: '1.2.0', because: 'CVE-2025-66020, slow pattern in emoji()' },
  {
    name: 'yauzl',
    atLeast: '3.2.1',
    because: 'CVE-2026-31988, reads beyond its buffer on a forged timestamp field',
  },
  // What we may come to use on files from strangers.
  { name: 'pdfjs-dist', atLeast: '4.2.67', because: 'CVE-2024-4367, a font runs script' },
  { name: 'mammoth', atLeast: '1.11.0', because: 'CVE-2025-11849, reads files a DOCX names' },
  { name: 'jszip', atLeast: '3.8.0', because: 'CVE-2022-48285, names that lead out of a folder' },
  {
    name: 'fast-xml-parser',
    atLeast: '5.10.1',
    because: 'CVE-2026-26278, -33036 and -73569, ways round its limits on entities',
  },
  { name: 'dompurify', atLeast: '3.2.4', because: 'CVE-2025-26791, script through its filter' },
  { name: '@xmldom/xmldom', atLeast: '0.8.4', because: 'CVE-2022-39353, several root elements' },
  { name: 'xlsx', atLeast: '0.20.2', because: 'CVE-2023-30533 and CVE-2024-22363' },
  { name: 'adm-zip', atLeast: '0.5.2', because: 'names that lead out of a folder' },
  // What runs on the developer's machine, or in the build.
  {
    name: 'vite',
    atLeast: '7.0.7',
    because: 'CVE-2025-58751 and others: its server gives files away',
  },
  {
    name: 'vitest',
    atLeast: '3.0.5',
    because: 'CVE-2025-24964, its server runs code for any page',
  },
  { name: 'happy-dom', atLeast: '20.0.2', because: 'CVE-2025-61927, pages get out of the sandbox' },
  { name: 'playwright', atLeast: '1.55.1', because: 'CVE-2025-59288, unchecked downloads' },
  { name: 'tar', atLeast: '7.5.3', because: 'CVE-2026-23745, links that lead out of a folder' },
  { name: 'semver', atLeast: '6.3.1', because: 'CVE-2022-25883, slow pattern' },
  { name: 'undici', atLeast: '7.2.3', because: 'CVE-2025-22150, guessable boundaries' },
  { name: 'ws', atLeast: '8.17.1', because: 'CVE-2024-37890, a request ends the process' },
  { name: 'postcss', atLeast: '8.4.31', because: 'CVE-2023-44270, comments that are parsed' },
  { name: 'nanoid', atLeast: '3.3.8', because: 'CVE-2024-55565, repeats itself' },
  { name: 'json5', atLeast: '2.2.2', because: 'CVE-2022-46175, prototype pollution' },
  { name: '@babel/traverse', atLeast: '7.23.2', because: 'CVE-2023-45133, runs code in a build' },
  { name: '@babel/helpers', atLeast: '7.26.10', because: 'CVE-2025-27789, slow pattern' },
  { name: '@babel/runtime', atLeast: '7.26.10', because: 'CVE-2025-27789, slow pattern' },
  {
    name: 'esbuild',
    atLeast: '0.25.0',
    because: 'GHSA-67mh-4wv8-2f99, its server answers any page',
  },
  { name: 'rollup', atLeast: '4.22.4', because: 'CVE-2024-47068, script through page elements' },
  { name: 'lodash', atLeast: '4.17.21', because: 'CVE-2021-23337, commands in templates' },
  { name: 'minimist', atLeast: '1.2.6', because: 'CVE-2021-44906, prototype pollution' },
  { name: 'minimatch', atLeast: '3.0.5', because: 'CVE-2022-3517, slow pattern' },
  { name: 'braces', atLeast: '3.0.3', because: 'CVE-2024-4068, memory without end' },
  { name: 'micromatch', atLeast: '4.0.8', because: 'CVE-2024-4067, slow pattern' },
  { name: 'cross-spawn', atLeast: '7.0.5', because: 'CVE-2024-21538, slow pattern' },
  { name: 'got', atLeast: '11.8.5', because: 'CVE-2022-33987, follows to a socket' },
  { name: 'js-yaml', atLeast: '4.1.1', because: 'CVE-2025-64718, prototype pollution' },
]
