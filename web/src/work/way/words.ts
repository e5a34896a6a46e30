/** Words of the page that shows the way from one place to another. */
import { texts } from '../../shared/i18n'

export const wayWords = texts({
  title: ['步行路线', 'Way on foot'], from: ['起点', 'From'], to: ['终点', 'To'], walker: ['谁走', 'Who walks'],
  press: ['在地图上按一下，定{which}', 'Press the map for {which}'], choose: ['选地点', 'Choose a place'], lon: ['经度', 'Longitude'], lat: ['纬度', 'Latitude'], set: ['定位', 'Set'],
  sum: ['{m} 米，约 {n} 分钟（{walker}，{pace} 米/分）', '{m} m, about {n} min ({walker}, {pace} m a minute)'], swap: ['起终点对调', 'Swap'],
  gates: ['按现在开着的门和未封的路计算。', 'Over the gates that are open and the ways that are not barred now.'],
  map: ['地图：步行路线', 'Map: the way on foot'], find: ['按名称或地址查找', 'Find by name or address'], found: ['查到的地点', 'Places found'], nothing: ['没有查到，可在地图上按一下。', 'Nothing found; press the map instead.'],
  unplaced: ['这个地点没有标出位置，请在地图上按一下。', 'This place has no point yet; press the map instead.'], none: ['先定起点和终点。', 'Choose both ends first.'], print: ['打印', 'Print'], clear: ['清除', 'Clear'], unset: ['未定', 'not set'],
})
