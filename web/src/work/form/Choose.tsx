/** antd's list of choices as our forms want it: it closes once the one thing is chosen, and keeps off the buttons below. */
import { Select, type RefSelectProps, type SelectProps } from 'antd'
import { useRef, useState } from 'react'
import { useTexts } from '../../shared/i18n'
import { roomOf, type Room } from './room'
import { formWords } from './words'

export function Choose<T>({ onOpenChange, ...more }: SelectProps<T>) {
  const t = useTexts(formWords)
  const control = useRef<RefSelectProps>(null)
  const [isOpen, setOpen] = useState(false)
  const [room, setRoom] = useState<Room>()
  const turn = (open: boolean) => {
    const element = control.current?.nativeElement
    if (open && element) setRoom(roomOf(element))
    setOpen(open)
    onOpenChange?.(open)
  }
  return (
    <Select<T>
      notFoundContent={t('searchNone')}
      {...more}
      {...room}
      ref={control}
      open={isOpen}
      onOpenChange={turn}
      {...(more.mode ? {} : { onSelect: () => turn(false) })}
    />
  )
}
