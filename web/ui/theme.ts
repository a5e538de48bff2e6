// Colours, type and spacing in one place. Mantine's own dimmed text and light badges are too pale for WCAG AA; the
// variables below mend that in both colour schemes.

import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** A calm green: money that has come in. Index 7 carries white text at 5.9:1. */
const quittance: MantineColorsTuple = [
  '#e9f7f3',
  '#d3ece5',
  '#a5d9cb',
  '#75c5af',
  '#4db497',
  '#33a988',
  '#178a6c',
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
    Badge: { defaultProps: { variant: 'light', tt: 'none', fw: 600 } },
    Table: { defaultProps: { verticalSpacing: 'xs', horizontalSpacing: 'md' } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300 } },
  },
});

export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5b6570',
    '--mantine-color-placeholder': '#66707b',
    '--mantine-color-body': '#fbfcfc',
  },
  dark: {
    '--mantine-color-dimmed': '#a9b3bc',
    '--mantine-color-placeholder': '#98a2ab',
    '--mantine-color-anchor': '#75c5af',
  },
});

/** Colours of the aging buckets, from calm to alarming; each bucket also has its words, so colour never stands alone. */
export const BUCKET_COLORS = ['#178a6c', '#c9a227', '#d9822b', '#c8553d', '#9b2c2c'] as const;
