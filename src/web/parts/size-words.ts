/** Sizes of files as people read them. */

/** "2.1 MB", "318 kB", "40 bytes". */
export function sizeWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}

/** What a media type is called: "Photo", "PDF". */
export function typeWords(mediaType: string): string {
  if (mediaType.startsWith('image/')) return 'Photo'
  return mediaType === 'application/pdf' ? 'PDF' : 'File'
}
