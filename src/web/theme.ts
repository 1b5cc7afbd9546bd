/** The theme: Mantine's controls in the colours, sizes and corners of these pages. */
import {
  Button,
  createTheme,
  type CSSVariablesResolver,
  type MantineThemeOverride,
} from '@mantine/core'

const ink = {
  background: 'var(--surface)',
  hover: 'var(--sunk)',
  color: 'var(--ink)',
  border: '1px solid var(--line2)',
}

/** One meaning per colour: filled is the thing to press, default stands beside it, subtle reads as a link. */
const looks: Record<string, { background: string; hover: string; color: string; border: string }> =
  {
    filled: {
      background: 'var(--pen)',
      hover: 'var(--pen-strong)',
      color: 'var(--on-pen)',
      border: '1px solid transparent',
    },
    default: ink,
    outline: ink,
    light: {
      background: 'var(--pen-soft)',
      hover: 'var(--pen-soft)',
      color: 'var(--pen)',
      border: '1px solid transparent',
    },
    subtle: {
      background: 'transparent',
      hover: 'var(--pen-soft)',
      color: 'var(--pen)',
      border: '1px solid transparent',
    },
  }

export const theme: MantineThemeOverride = createTheme({
  fontFamily: 'var(--sans)',
  fontFamilyMonospace: 'var(--mono)',
  headings: { fontFamily: 'var(--sans)', fontWeight: '600' },
  primaryColor: 'indigo',
  defaultRadius: 6,
  focusRing: 'auto',
  fontSizes: { xs: '12px', sm: '13px', md: '15px', lg: '18px' },
  variantColorResolver: ({ variant }) => looks[variant] ?? ink,
  components: {
    Button: Button.extend({ defaultProps: { size: 'sm', variant: 'default' } }),
  },
})

const shared = {
  '--mantine-color-body': 'var(--page)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-bright': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink3)',
  '--mantine-color-placeholder': 'var(--ink3)',
  '--mantine-color-anchor': 'var(--pen)',
  '--mantine-color-error': 'var(--red)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--sunk)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line2)',
  '--mantine-color-disabled': 'var(--sunk)',
  '--mantine-color-disabled-color': 'var(--ink3)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-color-indigo-filled': 'var(--pen)',
  '--mantine-color-indigo-filled-hover': 'var(--pen-strong)',
  '--mantine-primary-color-filled': 'var(--pen)',
  '--mantine-primary-color-filled-hover': 'var(--pen-strong)',
  '--mantine-primary-color-contrast': 'var(--on-pen)',
}

/** Points Mantine's own colours at ours, so that both schemes follow the one table in `page.css`. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: shared,
  dark: shared,
})
