import { type Host, HostError, type Place } from '../../shared/host'

/** The folder at a path that someone typed. A path that leads nowhere is an error too. */
export async function placeAt(host: Host, typedPath: string): Promise<Place> {
  const path = typedPath.trim()
  if (path === '') throw new HostError('place-invalid')
  const place = await host.choosePlace(path)
  if (!place) throw new HostError('place-invalid', { folder: path })
  return place
}
