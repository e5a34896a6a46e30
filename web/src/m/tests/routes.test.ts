import { expect, test } from 'vitest'
import { pathOf, routeOf, type Route } from '../routes'

test('every page has an address that leads back to it', () => {
  const pages: Route[] = [{ page: 'near' }, { page: 'place' }, { page: 'programme' }, { page: 'district' }, { page: 'mine' },
    { page: 'project', id: '12' }, { page: 'say', id: '12' },
    { page: 'report' }, { page: 'cases' }, { page: 'case', id: '20261128-0001' }, { page: 'work' }, { page: 'tour' }, { page: 'card', id: '7' },
    { page: 'stop', round: 'visits', id: '7' }, { page: 'slip', id: 'deeds' },
    { page: 'looks', id: '' }, { page: 'looks', id: '20261128-0001' }]
  for (const page of pages) expect(routeOf(pathOf(page))).toEqual(page)
})

test('the built file, the bare folder and the folder with a slash are all the home page', () => {
  for (const path of ['/m', '/m/', '/m.html']) expect(routeOf(path)).toEqual({ page: 'near' })
})

test('an address that is no page says so', () => {
  for (const path of ['/m/nothing', '/m/project', '/m/project/abc', '/m/project/1/x', '/m/mine/2', '/m/work/visits', '/m/work/7/x', '/m/slip', '/m/slip/deeds/x', '/m/looks/a/b', '/m/looks/x.y']) expect(routeOf(path)).toEqual({ page: 'lost' })
})
