/** The ladder of five levels; whoever may set one sees what would change and gives a reason first. */
import { Button, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { PolicyForStudio } from '../../contract/policy.ts'
import type { Level } from '../../core/policy.ts'
import { api, query } from '../api.ts'
import { ProblemNote } from '../parts/problem-note.tsx'
import { Past } from '../parts/time.tsx'
import { changeWords, levels, levelWords } from './level-words.ts'
import styles from './policies.module.css'

/** Five steps, of which one is where the policy stands. */
export function LevelLadder({ policy }: { policy: PolicyForStudio }) {
  const name = policy.policy.policy
  const maySet = policy.allowed.includes('set_level')
  const client = useQueryClient()
  const [wanted, setWanted] = useState<Level | null>(null)
  const [reason, setReason] = useState('')
  const [wasTried, setTried] = useState(false)
  const set = useMutation({
    mutationFn: (level: Level) => api.policies.setLevel({ name, level, reason: reason.trim() }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: query.policies.key() })
      close()
    },
  })
  const close = () => {
    setWanted(null)
    setReason('')
    setTried(false)
    set.reset()
  }
  const submit = () => {
    setTried(true)
    if (wanted !== null && reason.trim() !== '') set.mutate(wanted)
  }
  return (
    <div>
      <fieldset className={styles.ladder} disabled={!maySet}>
        <legend className="heard-only">How far “{policy.policy.title}” may go by itself</legend>
        {levels.map((level) => (
          <label key={level} className={styles.step} data-now={level === policy.level || undefined}>
            <input
              type="radio"
              name={`level-${name}`}
              checked={(wanted ?? policy.level) === level}
              onChange={() => setWanted(level === policy.level ? null : level)}
            />
            <strong>
              {levelWords[level].title}
              {level === policy.level && <span className="heard-only"> (where it stands now)</span>}
            </strong>
            <span>{levelWords[level].does}</span>
          </label>
        ))}
      </fieldset>
      <p className="small second" style={{ marginTop: 8 }}>
        Set by {policy.levelSetBy}, <Past at={policy.levelSetAt} />
        {policy.levelReason !== '' && `: ${policy.levelReason}`}
        {!maySet && ' Your role does not set levels.'}
      </p>
      {wanted !== null && (
        <div className={`sheet ${styles.setting}`}>
          <p>{changeWords(policy.level, wanted)}</p>
          <Textarea
            label="Why?"
            description="One sentence, kept with the change."
            autosize
            minRows={2}
            maxLength={1_000}
            style={{ marginTop: 12 }}
            value={reason}
            error={
              wasTried && reason.trim() === '' ? 'The change still needs a reason.' : undefined
            }
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {set.error && (
            <div style={{ marginTop: 12 }}>
              <ProblemNote error={set.error} safe="The level is as it was." />
            </div>
          )}
          <div className="buttons" style={{ marginTop: 16 }}>
            <Button variant="filled" loading={set.isPending} onClick={submit}>
              Set it to {levelWords[wanted].title}
            </Button>
            <Button onClick={close}>Leave it</Button>
          </div>
        </div>
      )}
    </div>
  )
}
