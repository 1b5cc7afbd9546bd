/** A file in a tab of its own: the page asks for an address and goes there, also when an old one has run out. */
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, type ReactNode } from 'react'
import { Loading } from '../parts/loading.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { sizeWords } from '../parts/size-words.ts'
import { useFileAddress } from '../parts/use-file-address.ts'
import { ButtonLink } from '../parts/button-link.tsx'
import { PlainPage } from './plain-page.tsx'

const here = getRouteApi('/evidence/$fileId')

/** `/evidence/$fileId` */
export function EvidencePage(): ReactNode {
  const { fileId } = here.useParams()
  const found = useFileAddress(fileId)
  const file = found.data
  useEffect(() => {
    // In place of this page, so that Back leads past it.
    if (file && file.opens !== 'download') window.location.replace(file.address)
  }, [file])
  if (found.isError)
    return (
      <PlainPage>
        <PageTitle tab="Evidence" above="Evidence">
          We couldn’t open this file here.
        </PageTitle>
        <ProblemNote
          error={found.error}
          safe="The file is safe with its case: open it from there, or sign in first."
          onRetry={() => void found.refetch()}
        />
        <div className="buttons" style={{ marginTop: 24 }}>
          <ButtonLink to="/sign-in" search={{ next: `/evidence/${fileId}` }} variant="filled">
            Sign in
          </ButtonLink>
        </div>
      </PlainPage>
    )
  if (file?.opens !== 'download')
    return (
      <PlainPage>
        <h1 className="heard-only">Opening the file</h1>
        <Loading what="the file" />
      </PlainPage>
    )
  return (
    <PlainPage>
      <PageTitle tab={file.name} above="Evidence">
        Browsers do not show this kind of file. You can save it.
      </PageTitle>
      <p className="second">
        <a className="link" href={file.address} download={file.name} rel="noreferrer">
          {file.name}
        </a>
        , {sizeWords(file.size)}
      </p>
    </PlainPage>
  )
}
