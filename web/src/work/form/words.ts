/** Words of forms. */
import { texts } from '../../shared/i18n'

export const formWords = texts({
  required: ['必填', 'required'],
  unit: ['单位：{unit}', 'Unit: {unit}'],
  errors: ['有 {count} 处需要修改', '{count} to correct'],
  errorsGo: ['转到“{field}”', 'Go to “{field}”'],
  choose: ['请选择', 'Choose'],
  search: ['输入文字查找', 'Type to search'],
  searching: ['正在查找', 'Searching'],
  yes: ['是', 'Yes'],
  no: ['否', 'No'],
  searchNone: ['没有找到', 'Nothing found'],
  searchMore: ['结果较多，请再输入几个字', 'Many results: type a little more'],
  placeSearch: ['输入地名查找，或在下面逐级选择', 'Type a place name, or step down below'],
  placeHere: ['选“{place}”', 'Choose {place}'],
  placeDown: ['看{place}的下一级', 'Inside {place}'],
  clear: ['清除', 'Clear'],
  photos: ['选择照片', 'Choose photos'],
  files: ['选择文件', 'Choose files'],
  fileUploading: ['正在上传 {name}', 'Uploading {name}'],
  fileFailed: ['{name} 没有传上去：{why}', '{name} was not uploaded: {why}'],
  fileRemove: ['去掉 {name}', 'Remove {name}'],
  masked: ['已脱敏，不能在此修改', 'Masked: cannot be changed here'],
  loading: ['正在打开表单', 'Opening the form'],
})
