/** A second look is what a seller can ask for where a measure stands: another desk, other people. */
import { Button, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { z } from 'zod'
import type { CaseForSeller } from '../../contract/case.ts'
import { deskInSentence } from '../../core/holding.ts'
import { api, query, queryClient } from '../api.ts'
import { ProblemNote } from '../parts/problem-note.tsx'
import { Due } from '../parts/time.tsx'
import { useKept } from '../parts/use-kept.ts'
import classes from './second-look.module.css'

const Text = z.string()

/** The form; what is typed is kept on the device. */
export function SecondLook({ matter }: { matter: CaseForSeller }) {
  const { id, contestBy, secondLookDesk } = matter
  const text = useKept(`recourse.second-look.${id}`, Text, '')
  const [isMissing, setMissing] = useState(false)
  const contest = useMutation({
    mutationFn: () => api.seller.contestCase({ caseId: id, text: text.value }),
    onSuccess: (next) => {
      text.forget()
      queryClient.setQueryData(query.seller.getCase.queryKey({ input: { caseId: id } }), next)
      void queryClient.invalidateQueries()
      window.scrollTo({ top: 0 })
    },
  })
  const desk = secondLookDesk === null ? 'another desk' : deskInSentence(secondLookDesk)
  return (
    <section aria-labelledby="second-look" className={`sheet ${classes['look']}`}>
      <h2 id="second-look">You can ask {desk} to look again</h2>
      <p className="second">
        Somebody who has not seen it before decides on what stands. What was lifted stays lifted.
        {contestBy !== null && (
          <>
            {' '}
            You have until <Due at={contestBy} />.
          </>
        )}
      </p>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          const isEmpty = text.value.trim() === ''
          setMissing(isEmpty)
          if (isEmpty) document.getElementById('second-look-text')?.focus()
          else if (!contest.isPending) contest.mutate()
        }}
      >
        <Textarea
          id="second-look-text"
          className="written-input"
          label="What should they look at?"
          value={text.value}
          onChange={(event) => {
            const { value } = event.currentTarget
            setMissing(false)
            text.change(() => value)
          }}
          error={isMissing ? 'Say in a sentence what was overlooked.' : undefined}
          maxLength={20_000}
          autosize
          minRows={3}
          maxRows={14}
        />
        {contest.isError && (
          <ProblemNote error={contest.error} safe="Your text is kept on this device." />
        )}
        <Button
          type="submit"
          variant="filled"
          loading={contest.isPending}
          className={classes['button'] ?? ''}
        >
          Ask for a second look
        </Button>
      </form>
    </section>
  )
}
