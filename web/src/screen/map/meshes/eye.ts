/** From the map's matrix to a camera: where the eye stands and how it looks, in metres round a point of the map. Pure. */
import { Camera, Matrix3, Matrix4, Vector3 } from 'three'

/** The rows of a matrix, each as its part for the point and its constant. */
function row(matrix: Matrix4, number: number): [Vector3, number] {
  const e = matrix.elements
  return [new Vector3(e[number], e[number + 4], e[number + 8]), e[number + 12] as number]
}

/** Where the matrix sees nothing but the middle: the eye itself. */
function eyeOf(matrix: Matrix4): Vector3 {
  const [[x, x0], [y, y0], [w, w0]] = [row(matrix, 0), row(matrix, 1), row(matrix, 3)]
  const solving = new Matrix3().set(x.x, x.y, x.z, y.x, y.y, y.z, w.x, w.y, w.z).invert()
  return new Vector3(-x0, -y0, -w0).applyMatrix3(solving)
}

/** A camera that draws exactly as the matrix does. Its parts are apart, so that distances and light are right, too. */
export function look(camera: Camera, matrix: Matrix4): void {
  const [[x], [y], [w]] = [row(matrix, 0), row(matrix, 1), row(matrix, 3)]
  const length = w.length()
  const ahead = w.divideScalar(length)
  const right = x.addScaledVector(ahead, -x.dot(ahead)).normalize()
  const up = y.addScaledVector(ahead, -y.dot(ahead)).normalize()
  camera.matrixWorld.makeBasis(right, up, ahead.negate()).setPosition(eyeOf(matrix))
  camera.matrixWorldInverse.copy(camera.matrixWorld).invert()
  camera.projectionMatrix
    .copy(matrix)
    .multiplyScalar(1 / length)
    .multiply(camera.matrixWorld)
  camera.projectionMatrixInverse.copy(camera.projectionMatrix).invert()
}

/** The line from the eye through a point of the picture; both from -1 to 1, up is positive. */
export function rayThrough(camera: Camera, x: number, y: number): { origin: Vector3; direction: Vector3 } {
  const origin = new Vector3().setFromMatrixPosition(camera.matrixWorld)
  const there = new Vector3(x, y, 0.5).applyMatrix4(camera.projectionMatrixInverse).applyMatrix4(camera.matrixWorld)
  return { origin, direction: there.sub(origin).normalize() }
}
