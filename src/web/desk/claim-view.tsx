/** A claim on an account at the desk: what the claimant wrote, whose account it means, and who says that it was not them. */
import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { CaseForDesk, ClaimForDesk } from '../../contract/desk.ts'
import { api, query } from '../api.ts'
import { TextLink } from '../parts/button-link.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { Past } from '../parts/time.tsx'
import { ClaimProving } from './claim-proving.tsx'
import caseStyles from './case.module.css'
import pageStyles from './page.module.css'

/** It stands before what is decided: first who somebody is, then the matter. */
export function ClaimView({ matter, claim }: { matter: CaseForDesk; claim: ClaimForDesk }) {
  // What they wrote when they claimed it; later words stand in the thread.
  const story = matter.thread.find(({ quote }) => quote !== null && quote !== '')?.quote ?? null
  const mayLink = matter.allowed.includes('link')
  return (
    <section className={caseStyles.part} aria-labelledby="claim">
      <div className={caseStyles.partHead}>
        <h2 id="claim">
          Whose account it is <span>{claimWords(claim)}</span>
        </h2>
      </div>
      <div className={caseStyles.columns}>
        <div>
          <h3 className={caseStyles.claimHead}>Who claims it</h3>
          <p className="third">The account, as they name it</p>
          <blockquote className="written">{claim.account}</blockquote>
          {story !== null && (
            <>
              <p className="third" style={{ marginTop: 8 }}>
                What happened
              </p>
              <blockquote className="written">{story}</blockquote>
            </>
          )}
        </div>
        <div>
          <h3 className={caseStyles.claimHead}>Who the account is known by</h3>
          {claim.disputes.length === 0 && (
            <p className="second">Nobody has objected. Everybody known was told.</p>
          )}
          {claim.disputes.map(({ at, text, caseId, caseNumber, isKnown }) => (
            <div key={caseId} style={{ marginBottom: 12 }}>
              <p>
                <strong>“It was not us”</strong>, <Past at={at} />, in question{' '}
                <TextLink to="/desk/cases/$caseId" params={{ caseId }}>
                  {caseNumber}
                </TextLink>
              </p>
              {text !== '' && <blockquote className="written">{text}</blockquote>}
              <p className="second">
                {isKnown
                  ? 'From an address known long before the first sign: it counts. It takes 72 hours, and papers seen by each who says yes.'
                  : 'From an address that came later: it is read, and stops nothing.'}
              </p>
            </div>
          ))}
        </div>
      </div>
      <p className="second" style={{ marginTop: 8 }}>
        Answers go to <strong>{claim.address}</strong>, and never to the account’s own addresses.
        They name nothing of the account, and yours should not either until you know who this is.
      </p>
      {mayLink && <Linking caseId={matter.id} linked={claim.seller !== null} />}
      {claim.proving && <ClaimProving matter={matter} proving={claim.proving} />}
    </section>
  )
}

function claimWords({ seller, linkedBy }: ClaimForDesk): string {
  if (seller === null) return 'The words name no one seller that we know'
  return linkedBy === null ? `The words name ${seller.name}` : `${linkedBy} linked ${seller.name}`
}

/** Finding the seller that is meant; what shuts that account is then what one decides on. */
function Linking({ caseId, linked }: { caseId: string; linked: boolean }) {
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), 250)
  const queries = useQueryClient()
  const found = useQuery(
    query.desk.findSellers.queryOptions({
      input: { search },
      enabled: search !== '',
      placeholderData: keepPreviousData,
    }),
  )
  const link = useMutation({
    mutationFn: (sellerId: string) => api.desk.linkSeller({ caseId, sellerId }),
    onSuccess: (next) => {
      setTyped('')
      queries.setQueryData(query.desk.getCase.queryKey({ input: { caseId } }), next)
    },
  })
  return (
    <div style={{ marginTop: 16 }}>
      <TextInput
        label={linked ? 'Is it another account?' : 'Which account is it?'}
        description="A name, an id or an address. Everybody whom that account is known by is told that it is claimed."
        value={typed}
        maxLength={200}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {link.isError && <ProblemNote error={link.error} safe="Nothing has changed." />}
      {search !== '' && (
        <ul className={pageStyles.found} aria-label="Sellers found">
          {(found.data ?? []).slice(0, 5).map((seller) => (
            <li key={seller.id} className={pageStyles.foundRow}>
              <span>{seller.name}</span>
              <span className="third code">{seller.id}</span>
              <Button
                size="xs"
                loading={link.isPending}
                aria-label={`Link with ${seller.name}`}
                onClick={() => link.mutate(seller.id)}
              >
                It is this one
              </Button>
            </li>
          ))}
          {found.data?.length === 0 && <li className="second">No seller has “{search}”.</li>}
        </ul>
      )}
    </div>
  )
}
