/** Sets of 3D Tiles as one layer of the map. This file and what it imports come only where a district has meshes. */
import type { CustomLayerInterface, CustomRenderMethodInput, Map as GLMap } from 'maplibre-gl'
import { Camera, Matrix4, Raycaster, Sphere, TextureLoader, Vector3, WebGLRenderer, type Object3D } from 'three'
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js'
import { TilesRenderer } from '3d-tiles-renderer/three'
import { look, rayThrough } from './eye'
import { Ground } from './ground'
import { dress, lit, recolour, type Look } from './paint'
import { MESHES, SHOWN_FROM, type MeshRow } from './rows'

const MEGABYTE = 1_000_000
const KEPT_MB = 256
/** From a wall's face half a metre into the house. */
const INTO_M = 0.5
const DEGREE = Math.PI / 180

interface Tile {
  engineData: { boundingVolume: { getSphere(target: Sphere): void } }
}

/** Pictures are taken through an image, which our policy allows for what a page makes itself; fetching that is not allowed. */
function loader(manager: TilesRenderer['manager']): GLTFLoader {
  return new GLTFLoader(manager).register((parser) => {
    parser.textureLoader = new TextureLoader(manager)
    return { name: 'hexi_pictures' }
  })
}

export class MeshLayer implements CustomLayerInterface {
  readonly id = MESHES
  readonly type = 'custom'
  readonly renderingMode = '3d'
  private readonly scene = lit()
  private readonly camera = new Camera()
  private readonly sets: TilesRenderer[]
  private readonly ground: Ground
  private renderer: WebGLRenderer | undefined
  private map: GLMap | undefined

  /** `loaded` is told the mark of each set whose tileset has come, `settled` when nothing is under way any more. */
  constructor(
    rows: readonly MeshRow[],
    private look: Look,
    private readonly told: { loaded: (mark: string) => void; settled: () => void },
  ) {
    const [west, south, east, north] = (rows[0] as MeshRow).box
    this.ground = new Ground((west + east) / 2, (south + north) / 2)
    this.camera.matrixWorldAutoUpdate = false
    this.sets = rows.map((row) => this.open(row))
  }

  onAdd(map: GLMap, gl: WebGL2RenderingContext): void {
    this.map = map
    this.renderer = new WebGLRenderer({ canvas: map.getCanvas(), context: gl, antialias: true })
    this.renderer.autoClear = false
  }

  onRemove(): void {
    this.sets.forEach((set) => set.dispose())
    this.renderer?.dispose()
  }

  render(gl: WebGL2RenderingContext, { defaultProjectionData }: CustomRenderMethodInput): void {
    const { map, renderer } = this
    if (!map || !renderer || map.getZoom() < SHOWN_FROM) return
    look(this.camera, new Matrix4().fromArray(defaultProjectionData.mainMatrix).multiply(this.ground.onMap))
    for (const set of this.sets) {
      set.setResolution(this.camera, gl.drawingBufferWidth, gl.drawingBufferHeight)
      set.update()
    }
    renderer.resetState()
    renderer.setViewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight)
    renderer.render(this.scene, this.camera)
    renderer.resetState()
  }

  repaint(next: Look): void {
    this.look = next
    this.sets.forEach((set) => set.forEachLoadedModel((scene: Object3D) => recolour(scene, next)))
    this.map?.triggerRepaint()
  }

  /** What of the map the mesh at this spot of the picture stands on; nothing where there is none. */
  at(x: number, y: number): [lon: number, lat: number] | undefined {
    const box = this.map?.getCanvas()
    if (!box || (this.map as GLMap).getZoom() < SHOWN_FROM) return undefined
    const { origin, direction } = rayThrough(this.camera, (2 * x) / box.clientWidth - 1, 1 - (2 * y) / box.clientHeight)
    const ray = Object.assign(new Raycaster(origin, direction), { firstHitOnly: true })
    const [nearest] = ray.intersectObjects(this.sets.map((set) => set.group))
    return nearest && this.ground.degrees(nearest.point.addScaledVector(direction.setZ(0).normalize(), INTO_M))
  }

  private open(row: MeshRow): TilesRenderer {
    const set = new TilesRenderer(`/api/meshes/${row.mark}/tileset.json`)
    const move = new Vector3(row.east_m, row.north_m, -row.ground_m)
    const [west, south, east, north] = row.box
    const whole = this.ground.from(set.ellipsoid, (west + east) / 2, (south + north) / 2, move)
    set.manager.addHandler(/\.(gltf|glb)$/, loader(set.manager))
    Object.assign(set.lruCache, { minBytesSize: 0.7 * KEPT_MB * MEGABYTE, maxBytesSize: KEPT_MB * MEGABYTE })
    set.setCamera(this.camera)
    set.group.matrixAutoUpdate = false
    set.group.matrix.copy(whole)
    set.group.matrixWorldNeedsUpdate = true
    set.registerPlugin({
      processTileModel: (scene: Object3D, tile: Tile) => {
        this.settle(set, scene, tile, whole, move)
        dress(scene, this.look)
      },
    })
    set.addEventListener('load-root-tileset', () => this.told.loaded(row.mark))
    set.addEventListener('tiles-load-end', () => this.told.settled())
    for (const news of ['needs-update', 'needs-render', 'load-model'] as const) set.addEventListener(news, () => this.map?.triggerRepaint())
    this.scene.add(set.group)
    set.group.updateMatrixWorld(true)
    return set
  }

  /** Each tile stands right where it is itself; the whole set as one would be some metres off at its rim. */
  private settle(set: TilesRenderer, scene: Object3D, tile: Tile, whole: Matrix4, move: Vector3): void {
    const sphere = new Sphere()
    tile.engineData.boundingVolume.getSphere(sphere)
    const { lon, lat } = set.ellipsoid.getPositionToCartographic(sphere.center, {})
    const own = this.ground.from(set.ellipsoid, lon / DEGREE, lat / DEGREE, move)
    scene.matrix.premultiply(own.premultiply(whole.clone().invert())).decompose(scene.position, scene.quaternion, scene.scale)
  }
}
