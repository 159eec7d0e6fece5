import { HOST_REASONS, HostError } from '../../shared/host'
import { JobFailed } from './job'

/** What made a job fail, before it crossed from the worker: the host's error, where it was one. */
export function jobErrorOf(error: unknown): unknown {
  if (!(error instanceof JobFailed)) return error
  const reason = HOST_REASONS.find(known => known === error.reason)
  return reason ? new HostError(reason, error.details) : error
}
