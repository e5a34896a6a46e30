/** Asks the phone where it is. The answer is used on the phone only and is never sent. */
import type { Point } from './shapes'

export type NotLocated = 'insecure' | 'unsupported' | 'denied' | 'unavailable' | 'timeout'

const WAIT_MS = 12_000
const MAX_AGE_MS = 60_000

export function whyNoLocating(): NotLocated | null {
  if (!window.isSecureContext) return 'insecure'
  return 'geolocation' in navigator ? null : 'unsupported'
}

function reason(error: GeolocationPositionError): NotLocated {
  if (error.code === error.PERMISSION_DENIED) return 'denied'
  return error.code === error.TIMEOUT ? 'timeout' : 'unavailable'
}

export function locate(): Promise<Point | NotLocated> {
  const blocked = whyNoLocating()
  if (blocked) return Promise.resolve(blocked)
  return new Promise((answer) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => answer({ lon: coords.longitude, lat: coords.latitude }),
      (error) => answer(reason(error)),
      { timeout: WAIT_MS, maximumAge: MAX_AGE_MS, enableHighAccuracy: false },
    )
  })
}
