/** The switch between light and dark; without a choice the pages follow the system. */
import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import styles from './desk.module.css'

/** One button that names what it would show. */
export function SchemeSwitch() {
  const { setColorScheme } = useMantineColorScheme()
  const isDark = useComputedColorScheme('light') === 'dark'
  return (
    <button
      type="button"
      className={`link ${styles.small}`}
      onClick={() => setColorScheme(isDark ? 'light' : 'dark')}
    >
      {isDark ? 'Light' : 'Dark'}
    </button>
  )
}
