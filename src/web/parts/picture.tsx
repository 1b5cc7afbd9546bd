/** A picture of evidence, small in its row or as large as there is room; blurred where one asked for that. */
import { useRef } from 'react'
import type { FileForReader } from '../../contract/case.ts'
import { useBlur } from './blur.ts'
import classes from './evidence.module.css'
import { typeWords } from './size-words.ts'
import { useFileAddress } from './use-file-address.ts'

/** The small picture in a row; the word for its kind while it is on its way, and where there is none. */
export function Thumbnail({ file }: { file: Pick<FileForReader, 'id' | 'mediaType'> }) {
  return file.mediaType.startsWith('image/') ? (
    <SmallPicture file={file} />
  ) : (
    <Kind mediaType={file.mediaType} />
  )
}

function SmallPicture({ file }: { file: Pick<FileForReader, 'id' | 'mediaType'> }) {
  const isBlurred = useBlur()
  const { address, onError } = usePicture(file.id)
  if (address === null) return <Kind mediaType={file.mediaType} />
  return (
    <span className={classes['thumbnail']} data-blurred={isBlurred || undefined}>
      <img src={address} alt="" loading="lazy" decoding="async" onError={onError} />
    </span>
  )
}

function Kind({ mediaType }: { mediaType: string }) {
  return (
    <span className={classes['kind']} aria-hidden="true">
      {typeWords(mediaType)}
    </span>
  )
}

/** Where a picture is; an address that has run out is asked for anew once, and then no more until it is another. */
export function usePicture(fileId: string): { address: string | null; onError: () => void } {
  const found = useFileAddress(fileId)
  const failed = useRef<string | null>(null)
  const address = found.data?.opens === 'picture' ? found.data.address : null
  return {
    address,
    onError: () => {
      if (failed.current === address) return
      failed.current = address
      void found.refetch()
    },
  }
}
