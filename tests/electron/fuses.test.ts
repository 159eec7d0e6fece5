import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { FUSES, readFuses, SENTINEL, wrongFuses } from '../../electron/fuses'

const WANTED = '010011001'

it('names every fuse once, with what it should be and why', () => {
  expect(FUSES.map(({ name, wanted }) => [name, wanted])).toEqual([
    ['RunAsNode', 'off'],
    ['EnableCookieEncryption', 'on'],
    ['EnableNodeOptionsEnvironmentVariable', 'off'],
    ['EnableNodeCliInspectArguments', 'off'],
    ['EnableEmbeddedAsarIntegrityValidation', 'on'],
    ['OnlyLoadAppFromAsar', 'on'],
    ['LoadBrowserProcessSpecificV8Snapshot', 'off'],
    ['GrantFileProtocolExtraPrivileges', 'off'],
    ['WasmTrapHandlers', 'on'],
  ])
  expect(FUSES.filter(({ why }) => why.length < 20)).toEqual([])
})

it('reads fuses out of a program, wherever they stand in it', () => {
  const program = bytesOf('x'.repeat(1000), wire('01r'), 'y'.repeat(1000))
  expect(readFuses(program)).toEqual([
    new Map([
      ['RunAsNode', 'off'],
      ['EnableCookieEncryption', 'on'],
      ['EnableNodeOptionsEnvironmentVariable', 'removed'],
    ]),
  ])
  expect(wrongFuses(bytesOf('x', wire(WANTED), 'y'))).toEqual([])
})

it('names each fuse that is wrong, in every half of a program for two processors', () => {
  const wrong = wrongFuses(bytesOf(wire(WANTED), 'x', wire(`1${WANTED.slice(1)}`)))
  expect(wrong).toEqual(['RunAsNode is on, should be off'])
  expect(wrongFuses(bytesOf(wire(WANTED.slice(0, 8))))).toEqual([
    'WasmTrapHandlers is missing, should be on',
  ])
  expect(wrongFuses(bytesOf(wire(`${WANTED}1`)))).toEqual([
    'fuse 9 is not known here; decide what it should be',
  ])
  expect(wrongFuses(bytesOf(wire(`r${WANTED.slice(1)}`)))).toEqual([
    'RunAsNode is removed, should be off',
  ])
  expect(wrongFuses(bytesOf(wire(`\u0090${WANTED.slice(1)}`)))).toEqual([
    'RunAsNode is unknown, should be off',
  ])
})

it('does not take what it cannot read for good', () => {
  expect(wrongFuses(bytesOf('no program'))).toEqual(['no fuses found: this is no Electron program'])
  expect(() => readFuses(bytesOf(SENTINEL, '\u0002\u0001', '0'))).toThrow('layout 2')
  expect(() => readFuses(bytesOf(SENTINEL))).toThrow('layout')
  expect(() => readFuses(bytesOf(SENTINEL, '\u0001\u0009', '010'))).toThrow('cut short')
})

const packaged = process.env.CODICIL_PACKAGED
if (!packaged) {
  console.warn(
    'FUSES OF A PACKAGED PROGRAM WERE NOT READ: set CODICIL_PACKAGED to its binary (on a Mac, the Electron Framework).',
  )
}

it.skipIf(!packaged)('has every fuse set in the packaged program', () => {
  expect(existsSync(packaged!)).toBe(true)
  expect(wrongFuses(readFileSync(packaged!))).toEqual([])
})

function wire(states: string): string {
  return `${SENTINEL}\u0001${String.fromCharCode(states.length)}${states}`
}

function bytesOf(...parts: readonly string[]): Uint8Array {
  return Buffer.from(parts.join(''), 'latin1')
}
