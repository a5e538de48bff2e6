// Colours, type and spacing in one place. Mantine's own dimmed text and light badges are too pale for WCAG AA; the
// variables below mend that in both colour schemes.

import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** A calm green: money that has come in. White text stands on index 7 at 6.2:1, on index 6 (dark scheme) at 4.9:1. */
const quittance: MantineColorsTuple = [
  '#e9f7f3',
  '#d3ece5',
  '#a5d9cb',
  '#75c5af',
  '#4db497',
  '#33a988',
  '#158064',
  '#0b6e5f',
  '#065a4e',
  '#03463d',
];

export const theme = createTheme({
  primaryColor: 'quittance',
  primaryShade: { light: 7, dark: 6 },
  colors: { quittance },
  fontFamily: "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif",
  headings: { fontWeight: '650' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  components: {
    Anchor: { defaultProps: { underline: 'always' } },
    Chip: { defaultProps: { variant: 'outline' } },
    Badge: { defaultProps: { variant: 'light', tt: 'none', fw: 600 } },
    InputClearButton: { defaultProps: { 'aria-label': 'Clear' } },
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
    // The label of a first field does not touch the title.
    Modal: {
      defaultProps: { closeButtonProps: { 'aria-label': 'Close' }, styles: { body: { paddingTop: 8 } } },
    },
    Drawer: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
    Paper: { defaultProps: { bg: 'var(--mantine-color-default)' } },
    Table: { defaultProps: { verticalSpacing: 'xs', horizontalSpacing: 'md' } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300 } },
  },
});

/** Text on the palest shade of its colour, at 5:1 and more. */
const TEXT_ON_PALE: Readonly<Record<string, string>> = {
  blue: '#1558a6',
  cyan: '#0b5f70',
  gray: '#454d55',
  grape: '#862e9c',
  green: '#24692f',
  orange: '#a03a05',
  quittance: '#065a4e',
  red: '#a52222',
  teal: '#066348',
  yellow: '#7d4900',
};

/** Colours whose palest shade is too close to white. */
const DEEPER: ReadonlySet<string> = new Set(['gray', 'quittance']);

const pale = Object.fromEntries(
  Object.entries(TEXT_ON_PALE).flatMap(([name, text]) => {
    const shade = DEEPER.has(name) ? 1 : 0;
    return [
      [`--mantine-color-${name}-light`, `var(--mantine-color-${name}-${shade})`],
      [`--mantine-color-${name}-light-hover`, `var(--mantine-color-${name}-${shade + 1})`],
      [`--mantine-color-${name}-light-color`, text],
    ];
  }),
);

export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...pale,
    '--mantine-color-dimmed': '#59636e',
    '--mantine-color-placeholder': '#66707b',
    '--mantine-color-body': '#f7f9f9',
    '--mantine-color-error': '#b42323',
    '--mantine-color-red-filled': '#b42323',
    '--mantine-color-red-filled-hover': '#9b1d1d',
  },
  dark: {
    '--mantine-color-dimmed': '#a9b3bc',
    '--mantine-color-placeholder': '#98a2ab',
    '--mantine-color-anchor': '#75c5af',
    '--mantine-color-body': '#1a1c1e',
    '--mantine-color-default': '#222527',
    '--mantine-color-default-hover': '#2a2e31',
    '--mantine-color-default-border': '#3d4348',
    '--mantine-color-error': '#ff9c92',
    '--mantine-color-red-filled': '#bf2c2c',
    '--mantine-color-red-filled-hover': '#a82424',
  },
});

/** Colours of the aging buckets, from calm to alarming; each bucket also has its words, so colour never stands alone. */
export const BUCKET_COLORS = ['#158064', '#c9a227', '#d9822b', '#c8553d', '#9b2c2c'] as const;
