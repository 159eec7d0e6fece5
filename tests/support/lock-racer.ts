import { takeLock } from '../../electron/host/lock'

// One of many processes that race for a lock: says that it is ready, waits for the start, and
// then says what came of it. Whoever wins holds the lock until it is told to end.

const folder = process.argv[2] ?? ''
process.stdout.write('ready\n')
process.stdin.once('data', () => {
  takeLock(folder).then(
    async lock => {
      await lock.assertHeld()
      process.stdout.write('won\n')
    },
    (error: unknown) => {
      const reason = typeof error === 'object' && error && 'reason' in error ? error.reason : error
      process.stdout.write(`${reason}\n`)
    },
  )
})
