/** The followed cases as a page sees them. */
import { useEffect, useState } from 'react'
import { myCases, onMyCases, type MyCase } from './mine'

export function useMyCases(): MyCase[] {
  const [all, setAll] = useState<MyCase[]>([])
  useEffect(() => {
    const read = () => void myCases().then(setAll, () => setAll([]))
    read()
    return onMyCases(read)
  }, [])
  return all
}
