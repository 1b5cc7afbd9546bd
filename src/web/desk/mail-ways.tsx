/** The three ways out for a mail that waits: into a case, into a new one, or an answer. */
import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { HeldMail } from '../../contract/mail.ts'
import { api, query } from '../api.ts'
import { ProblemNote } from '../parts/problem-note.tsx'
import styles from './mail.module.css'

/** Does one of them, and reads the mail anew. */
function useWay<Input>(way: (input: Input) => Promise<unknown>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: way,
    onSuccess: () => client.invalidateQueries({ queryKey: query.mail.key() }),
  })
}

export function MailWays({ mail }: { mail: HeldMail }) {
  return (
    <div className={`sheet ${styles.ways}`} style={{ padding: 20 }}>
      <ToCase mailId={mail.id} />
      <ToSeller mail={mail} />
      <Answer mailId={mail.id} />
    </div>
  )
}

const safe = 'The mail waits as before.'

function ToCase({ mailId }: { mailId: string }) {
  const [caseNumber, setNumber] = useState('')
  const attach = useWay((number: string) => api.mail.attach({ mailId, caseNumber: number }))
  return (
    <div className={styles.way}>
      <h3>It belongs to a case</h3>
      <p className="small second">Its words and files go there, under your name.</p>
      <div className={styles.row}>
        <TextInput
          label="Number of the case"
          placeholder="A-7004"
          value={caseNumber}
          maxLength={30}
          onChange={(event) => setNumber(event.currentTarget.value)}
        />
        <Button
          loading={attach.isPending}
          disabled={caseNumber.trim() === ''}
          onClick={() => attach.mutate(caseNumber.trim())}
        >
          Put it there
        </Button>
      </div>
      {attach.error && <ProblemNote error={attach.error} safe={safe} />}
    </div>
  )
}

function ToSeller({ mail }: { mail: HeldMail }) {
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), 300)
  const found = useQuery(
    query.desk.findSellers.queryOptions({
      input: { search },
      enabled: search !== '',
      placeholderData: keepPreviousData,
    }),
  )
  const sellers = search === '' ? mail.sellers : (found.data ?? [])
  const [chosen, choose] = useState('')
  const sellerId = sellers.some(({ id }) => id === chosen) ? chosen : (sellers[0]?.id ?? '')
  const open = useWay((id: string) => api.mail.open({ mailId: mail.id, sellerId: id }))
  return (
    <div className={styles.way}>
      <h3>It is a seller’s, and new</h3>
      <p className="small second">
        A case opens at its desk, and the seller hears of it at every address on file.
      </p>
      <TextInput
        label="Find the seller"
        description="By name, id or address"
        value={typed}
        maxLength={200}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <div className={styles.row} style={{ marginTop: 8 }}>
        <NativeSelect
          label="Seller"
          value={sellerId}
          onChange={(event) => choose(event.currentTarget.value)}
          data={
            sellers.length === 0
              ? [{ value: '', label: search === '' ? 'Nobody chosen' : 'Nobody is found' }]
              : sellers.map(({ id, name }) => ({ value: id, label: `${name} (${id})` }))
          }
        />
        <Button
          loading={open.isPending}
          disabled={sellerId === ''}
          onClick={() => open.mutate(sellerId)}
        >
          Open a case
        </Button>
      </div>
      {open.error && <ProblemNote error={open.error} safe={safe} />}
    </div>
  )
}

function Answer({ mailId }: { mailId: string }) {
  const [reason, setReason] = useState('')
  const settle = useWay((words: string) => api.mail.settle({ mailId, reason: words }))
  return (
    <div className={styles.way}>
      <h3>There is nothing to do</h3>
      <Textarea
        label="Why"
        description="Its sender reads this, where mail can be sent back."
        className="written-input"
        autosize
        minRows={2}
        maxRows={8}
        maxLength={5_000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className="buttons" style={{ marginTop: 8 }}>
        <Button
          loading={settle.isPending}
          disabled={reason.trim() === ''}
          onClick={() => settle.mutate(reason.trim())}
        >
          Answer and settle
        </Button>
      </div>
      {settle.error && <ProblemNote error={settle.error} safe={safe} />}
    </div>
  )
}
