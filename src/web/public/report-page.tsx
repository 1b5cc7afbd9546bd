/** The door for whoever complains: where, what is wrong, what shows it, and where to answer. Nobody signs in. */
import { Button, FileButton, Radio, Textarea, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { ComplaintForReporter, NewReport } from '../../contract/complaint.ts'
import { createClient } from '../../contract/client.ts'
import {
  complaintKinds,
  longestComplaint,
  reporterKinds,
  type ComplaintKind,
} from '../../core/complaint.ts'
import { apiOnce, query } from '../api.ts'
import { ButtonLink, TextLink } from '../parts/button-link.tsx'
import { FileRow } from '../parts/file-row.tsx'
import { HoldingLine } from '../parts/holding-line.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { ProblemNote, refusalOf } from '../parts/problem-note.tsx'
import { useClock } from '../parts/time.tsx'
import { keepReportCode } from './report-code.ts'
import { ReportFrame } from './report-frame.tsx'
import { asWords, kindWords, reportSentence } from './report-words.ts'
import classes from './recovery.module.css'

const here = getRouteApi('/report')

interface Written extends Omit<NewReport, 'kind' | 'orderId' | 'name'> {
  kind: ComplaintKind | null
  orderId: string
  name: string
}

/** What came of sending: the complaint, and the files that did not arrive. */
interface Sent {
  number: string
  isNew: boolean
  code: string | null
  complaint: ComplaintForReporter | null
  lost: { name: string; why: unknown }[]
}

/** What the picker offers; what counts is what the server reads from the bytes. */
const acceptedTypes =
  'image/jpeg,image/png,image/webp,image/gif,image/heic,image/heif,application/pdf'
const mostFiles = 20

/** `/report` */
export function ReportPage(): ReactNode {
  const { where = '', order = '', wrong: kind = null } = here.useSearch()
  // What is typed stays on this screen: the telephone may be shared, so nothing is kept on the device.
  const empty: Written = {
    where,
    kind,
    text: '',
    orderId: order,
    address: '',
    name: '',
    as: 'customer',
  }
  const [written, setWritten] = useState(empty)
  const [files, setFiles] = useState<File[]>([])
  const sent = useSending(written, files)
  const leave = () => {
    setWritten({ ...empty, where: '', orderId: '' })
    setFiles([])
    sent.reset()
  }
  if (sent.data)
    return (
      <ReportFrame
        canLeave
        serverNow={sent.data.complaint?.now}
        receivedAt={sent.submittedAt}
        onLeave={leave}
      >
        <Receipt sent={sent.data} address={written.address} />
      </ReportFrame>
    )
  const isWriting = [written.text, written.address, written.name].some((part) => part !== '')
  return (
    <ReportFrame canLeave={isWriting || files.length > 0} onLeave={leave}>
      <Asking
        written={written}
        onChange={setWritten}
        files={files}
        onFiles={setFiles}
        sent={sent}
      />
    </ReportFrame>
  )
}

/** The same words sent twice are one complaint; the files follow under its code. */
function useSending(written: Written, files: File[]) {
  const [key, setKey] = useState(() => crypto.randomUUID())
  const words = JSON.stringify(written)
  const sentWords = useRef<string | null>(null)
  return useMutation({
    mutationFn: async (): Promise<Sent> => {
      const { kind, orderId, name, address, ...rest } = written
      const isNew = sentWords.current !== null && sentWords.current !== words
      const next = isNew ? crypto.randomUUID() : key
      if (isNew) setKey(next)
      sentWords.current = words
      const filed = await apiOnce(next).report.file({
        ...rest,
        kind: kind ?? 'other',
        address: address.trim(),
        orderId: orderId.trim() === '' ? null : orderId.trim(),
        name: name.trim() === '' ? null : name.trim(),
      })
      const lost: Sent['lost'] = []
      const { code, number } = filed
      if (code !== null) {
        const client = createClient({
          url: window.location.origin,
          headers: () => ({ 'x-recourse-code': code }),
        })
        for (const file of files)
          await client.report
            .addFile({ number, file })
            .catch((why: unknown) => lost.push({ name: file.name, why }))
      }
      return { ...filed, lost }
    },
    onSuccess: ({ code, number }) => {
      if (code !== null) keepReportCode(number, code)
      window.scrollTo({ top: 0 })
    },
  })
}

const missingWords = {
  where: 'Say where in the shop it is.',
  kind: 'Choose what comes nearest.',
  text: 'Say in a sentence what is wrong.',
  address: 'Give an e-mail address at which you can read the answer.',
} as const
type Field = keyof typeof missingWords

interface AskingProps {
  written: Written
  onChange: (written: Written) => void
  files: File[]
  onFiles: (files: File[]) => void
  sent: ReturnType<typeof useSending>
}

function Asking({ written, onChange, files, onFiles, sent }: AskingProps) {
  const [missing, setMissing] = useState<Field[]>([])
  const isLost = refusalOf(sent.error) === 'place_unknown'
  const change = (part: Partial<Written>) => {
    onChange({ ...written, ...part })
    setMissing(missing.filter((one) => !(one in part)))
  }
  const wordsFor = (field: Field) => (missing.includes(field) ? missingWords[field] : undefined)
  const check = (): Field[] =>
    (['where', 'kind', 'text', 'address'] as const).filter((field) => {
      if (field === 'kind') return written.kind === null
      if (field === 'address') return !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(written.address.trim())
      return written[field].trim() === ''
    })
  return (
    <>
      <PageTitle tab="Complain about something here" above="Something here is wrong">
        Tell us. A person finds out what is so and answers you.
      </PageTitle>
      <p className="narrow-text" style={{ marginTop: 16 }}>
        You need no account. The seller reads what is wrong and may answer, and does not learn who
        you are. Nobody is punished because of one complaint: a person looks first.
      </p>
      <form
        className={`${classes['form']} ${classes['part']}`}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          const found = check()
          setMissing(found)
          if (found[0]) document.getElementById(`report-${found[0]}`)?.focus()
          else if (!sent.isPending) sent.mutate()
        }}
      >
        <Where
          where={written.where}
          error={
            wordsFor('where') ??
            (isLost ? 'We do not find this in the shop. The address of its page helps.' : undefined)
          }
          onChange={(where) => change({ where })}
        />
        <Radio.Group
          label="What is wrong?"
          value={written.kind ?? ''}
          error={wordsFor('kind')}
          onChange={(kind) => {
            const chosen = complaintKinds.find((one) => one === kind)
            if (chosen) change({ kind: chosen })
          }}
        >
          <div className={classes['choices']}>
            {complaintKinds.map((kind, place) => (
              <Radio
                key={kind}
                {...(place === 0 ? { id: 'report-kind' } : {})}
                value={kind}
                label={kindWords[kind].label}
                description={kindWords[kind].says}
              />
            ))}
          </div>
        </Radio.Group>
        <Textarea
          id="report-text"
          className="written-input"
          label="What happened?"
          description="In your own words, any language. The seller reads them without your name, so leave out what only you could know."
          value={written.text}
          error={wordsFor('text')}
          onChange={(event) => change({ text: event.currentTarget.value })}
          maxLength={longestComplaint}
          autosize
          minRows={4}
          maxRows={14}
        />
        <Files files={files} onFiles={onFiles} />
        <TextInput
          id="report-order"
          label={
            <>
              Order number <span className="third">if you bought it</span>
            </>
          }
          description="We look up whether it came. The seller does not see it."
          autoComplete="off"
          maxLength={200}
          size="md"
          value={written.orderId}
          onChange={(event) => change({ orderId: event.currentTarget.value })}
        />
        <TextInput
          id="report-address"
          label="Where can we answer you?"
          description="An e-mail address that you can read. Only people of the marketplace see it."
          type="email"
          autoComplete="email"
          inputMode="email"
          maxLength={254}
          size="md"
          value={written.address}
          error={wordsFor('address')}
          onChange={(event) => change({ address: event.currentTarget.value })}
        />
        <TextInput
          id="report-name"
          label={
            <>
              Your name <span className="third">if you like</span>
            </>
          }
          autoComplete="name"
          maxLength={200}
          size="md"
          value={written.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <Radio.Group
          label="Who are you to it?"
          value={written.as}
          onChange={(as) => {
            const chosen = reporterKinds.find((one) => one === as)
            if (chosen) change({ as: chosen })
          }}
        >
          <div className={classes['choices']}>
            {reporterKinds.map((kind) => (
              <Radio key={kind} value={kind} label={asWords[kind]} />
            ))}
          </div>
        </Radio.Group>
        {sent.isError && (
          <ProblemNote error={sent.error} safe="What you wrote is still here. Try again." />
        )}
        <Button type="submit" variant="filled" size="md" loading={sent.isPending}>
          Send it
        </Button>
      </form>
      <p className="second" style={{ marginTop: 32 }}>
        You have complained already?{' '}
        <TextLink to="/report/open">Open it with its number and code</TextLink>.
      </p>
    </>
  )
}

/** What is meant, said back as the shop shows it, so that nobody complains about the wrong thing. */
function Where({
  where,
  error,
  onChange,
}: {
  where: string
  error: string | undefined
  onChange: (where: string) => void
}) {
  const [asked] = useDebouncedValue(where.trim(), 400)
  const place = useQuery(
    query.report.getPlace.queryOptions({
      input: { where: asked },
      enabled: asked !== '',
      retry: false,
      staleTime: 60_000,
    }),
  )
  const found = asked === '' || asked !== where.trim() ? null : (place.data ?? null)
  return (
    <div>
      <TextInput
        id="report-where"
        label="Where is it?"
        description="The address of its page in the shop, or the seller’s name."
        autoComplete="off"
        maxLength={2_000}
        size="md"
        value={where}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <p className="second" role="status" style={{ marginTop: 8 }}>
        {found !== null &&
          (found.title === null ? (
            <>
              You mean the seller <strong>{found.sellerName}</strong>.
            </>
          ) : (
            <>
              You mean <strong>“{found.title}”</strong>, sold by {found.sellerName}.
            </>
          ))}
      </p>
    </div>
  )
}

/** Photos and papers, which go with it when it is sent. */
function Files({ files, onFiles }: Pick<AskingProps, 'files' | 'onFiles'>) {
  const reset = useRef<() => void>(null)
  return (
    <section aria-labelledby="report-files">
      <h2 id="report-files" className={classes['label']}>
        Does something show it? <span className="third">optional</span>
      </h2>
      <p className="small second">
        Photos (JPEG, PNG, WebP, GIF, HEIC) and PDF, up to 10 MB each, {mostFiles} in all. Only
        people of the marketplace see them.
      </p>
      <ul aria-label="Files" aria-live="polite" style={{ margin: '8px 0' }}>
        {files.map((file, place) => (
          <FileRow
            key={`${file.name} ${place}`}
            name={file.name}
            size={file.size}
            mediaType={file.type}
            state={{ is: 'received' }}
            onForget={() => onFiles(files.filter((_, at) => at !== place))}
          />
        ))}
      </ul>
      <FileButton
        resetRef={reset}
        multiple
        accept={acceptedTypes}
        onChange={(chosen) => {
          onFiles([...files, ...chosen].slice(0, mostFiles))
          reset.current?.()
        }}
        inputProps={{ 'aria-label': 'Add a file or photo' }}
      >
        {(props) => <Button {...props}>Add a file or photo</Button>}
      </FileButton>
    </section>
  )
}

/** The receipt: number, code, and by when there is an answer. */
function Receipt({ sent, address }: { sent: Sent; address: string }) {
  const { number, code, complaint, lost } = sent
  const { now, zone } = useClock()
  const top = useRef<HTMLDivElement>(null)
  useEffect(() => {
    top.current?.focus()
  }, [])
  if (complaint === null || code === null)
    return (
      <div ref={top} tabIndex={-1} style={{ outline: 'none' }}>
        <PageTitle tab={`Complaint ${number}`} above={`Complaint ${number}`}>
          You told us this before. It is complaint {number}, and it goes on.
        </PageTitle>
        <p style={{ marginTop: 24 }}>
          The answer goes to <strong>{address}</strong>, as before. Its number and the code that we
          showed and mailed then open it.
        </p>
        <div className="buttons" style={{ marginTop: 24 }}>
          <ButtonLink to="/report/$number" params={{ number }} variant="filled">
            Open it
          </ButtonLink>
        </div>
      </div>
    )
  return (
    <div ref={top} tabIndex={-1} style={{ outline: 'none' }}>
      <PageTitle tab={`Complaint ${number} received`} above={`Complaint ${number}`}>
        {reportSentence(complaint, now, zone)}
      </PageTitle>
      <HoldingLine holding={complaint.holding} />
      <div className={classes['code']}>
        Your complaint is <b>{number}</b>, and this code opens it:
        <strong>{code}</strong>
        Both stand in our mail to you, too.
      </div>
      {lost.map(({ name, why }) => (
        <div key={name} style={{ marginTop: 16 }}>
          <p>
            <strong>{name}</strong> did not arrive.
          </p>
          <ProblemNote
            error={why}
            safe="Your complaint is here without it, and you can add another."
          />
        </div>
      ))}
      <p style={{ marginTop: 24 }}>
        A confirmation is on its way to <strong>{complaint.address}</strong>. You need do nothing
        more.
      </p>
      <div className="buttons" style={{ marginTop: 24 }}>
        <ButtonLink to="/report/$number" params={{ number }} variant="filled">
          Open my complaint
        </ButtonLink>
      </div>
    </div>
  )
}
