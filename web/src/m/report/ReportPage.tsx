/** 随手报: one question per step, kept on the phone from the first photo on. */
import { useEffect } from 'react'
import { Skeleton } from '../../shared/States'
import { texts, useTexts } from '../../shared/i18n'
import { ask } from '../data/kept'
import { CATEGORIES, KINDS } from '../data/cases'
import { STREETS, COMMUNITIES } from '../data/projects'
import '../style/cases.css'
import { begin, clearReport, useReport } from './draft'
import { NearStep } from './NearStep'
import { PhotoStep } from './PhotoStep'
import { PlaceStep } from './PlaceStep'
import { WhatStep } from './WhatStep'
import { WhoStep } from './WhoStep'
import { WordsStep } from './WordsStep'

const words = texts({
  anew: ['丢掉这份，重新写', 'Throw this away and begin anew'],
  kept: ['写了一半的内容存在这部手机里。', 'What is half written is kept on this phone.'],
})
const STEP = { photo: PhotoStep, place: PlaceStep, what: WhatStep, words: WordsStep, near: NearStep, who: WhoStep }

export function ReportPage() {
  const t = useTexts(words)
  const { ready, step } = useReport()
  useEffect(() => {
    void begin()
    // Everything that the steps need is fetched at the first one: the network may be gone at the next.
    for (const address of [KINDS, CATEGORIES, STREETS, COMMUNITIES]) void ask(address)
  }, [])
  if (!ready) return <Skeleton lines={4} height="3.5rem" />
  const Present = STEP[step]
  return (
    <>
      <Present />
      {step !== 'photo' && (
        <div className="anew"><p className="hint">{t('kept')}</p><button type="button" className="button quiet" onClick={() => void clearReport()}>{t('anew')}</button></div>
      )}
    </>
  )
}
