/** Makes a photo small and strips what it says about its maker: drawing it anew drops position, time and device. */
const LONGEST_SIDE = 1600
const QUALITY = 0.82
const NAME = 'photo.jpg'
const TYPE = 'image/jpeg'

export interface SmallPhoto { name: string; type: string; bytes: ArrayBuffer }

/** Size that keeps the proportions and fits the longest side; never larger than the original. */
export function fitted(width: number, height: number, longest = LONGEST_SIDE): [width: number, height: number] {
  const scale = Math.min(1, longest / Math.max(width, height))
  return [Math.round(width * scale), Math.round(height * scale)]
}

function encoded(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((done, fail) => {
    canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error('The photo could not be encoded.'))), TYPE, QUALITY)
  })
}

/** Throws when the file is no picture that this browser can read. */
export async function smallPhoto(file: Blob): Promise<SmallPhoto> {
  const picture = await createImageBitmap(file)
  const canvas = document.createElement('canvas')
  const [width, height] = fitted(picture.width, picture.height)
  canvas.width = width
  canvas.height = height
  canvas.getContext('2d')?.drawImage(picture, 0, 0, width, height)
  picture.close()
  const blob = await encoded(canvas)
  return { name: NAME, type: TYPE, bytes: await blob.arrayBuffer() }
}
