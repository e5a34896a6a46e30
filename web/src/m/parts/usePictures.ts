/** Addresses for pictures that lie in memory; given back when they are no longer shown. */
import { useEffect, useMemo } from 'react'

interface Bytes { bytes: ArrayBuffer; type: string }

export function usePictures(pictures: readonly Bytes[]): string[] {
  const urls = useMemo(() => pictures.map(({ bytes, type }) => URL.createObjectURL(new Blob([bytes], { type }))), [pictures])
  useEffect(() => () => urls.forEach((url) => URL.revokeObjectURL(url)), [urls])
  return urls
}
