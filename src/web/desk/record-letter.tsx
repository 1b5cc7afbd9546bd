/** A letter that came by post, put on record in its own words: it gets a desk and a clock like everything else. */
import { Button, Textarea } from '@mantine/core'
import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query'
import { useState } from 'react'
import { apiOnce } from '../api.ts'
import { TextLink } from '../parts/button-link.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { useOnceKey } from '../parts/once.ts'
import pageStyles from './page.module.css'

/** Folded away until a letter is there. */
export function RecordLetter({ sellerId, queryKey }: { sellerId: string; queryKey: QueryKey }) {
  const client = useQueryClient()
  const [text, setText] = useState('')
  const [wasTried, setTried] = useState(false)
  const keyOf = useOnceKey()
  const record = useMutation({
    mutationFn: (input: { sellerId: string; text: string }) =>
      apiOnce(keyOf(input)).desk.recordLetter(input),
    onSuccess: async () => {
      setText('')
      setTried(false)
      await client.invalidateQueries({ queryKey })
    },
  })
  const isMissing = text.trim() === ''
  return (
    <details className={`sheet ${pageStyles.imposeSheet}`} style={{ marginTop: 20 }}>
      <summary className={pageStyles.fold}>Record a letter that came by post</summary>
      <p className="second" style={{ margin: '8px 0' }}>
        It goes to the desk that letters are routed to, and the seller hears that it arrived and by
        when it is answered.
      </p>
      <Textarea
        label="The letter, word for word"
        className="written-input"
        autosize
        minRows={4}
        maxRows={16}
        maxLength={20_000}
        value={text}
        error={wasTried && isMissing ? 'Copy what the letter says.' : undefined}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {record.error && (
        <div style={{ marginTop: 8 }}>
          <ProblemNote error={record.error} safe="Nothing was recorded; what you wrote is here." />
        </div>
      )}
      <div className="buttons" style={{ marginTop: 12 }}>
        <Button
          loading={record.isPending}
          onClick={() => {
            setTried(true)
            if (!isMissing) record.mutate({ sellerId, text: text.trim() })
          }}
        >
          Record it
        </Button>
      </div>
      <p role="status" style={{ marginTop: 8 }}>
        {record.data && (
          <>
            It is on record.{' '}
            <TextLink to="/desk/cases/$caseId" params={{ caseId: record.data.caseId }} search={{}}>
              Open its case
            </TextLink>
          </>
        )}
      </p>
    </details>
  )
}
