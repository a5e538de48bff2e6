// The versions of a template: who wrote what when, what differs from the words as they stand now, and a way to take one up again.

import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { momentWords } from '../../lib/format.ts';
import { diffLines } from '../../lib/line-diff.ts';
import type { Template } from './TemplateEditor.tsx';
import type { Words } from './template-words.ts';

const MARKS = { same: ' ', gone: '−', new: '+' } as const;
const COLOURS = { same: 'dimmed', gone: 'red' } as const;

function asText(words: {
  readonly subject?: string | undefined;
  readonly text: string;
  readonly html?: string | undefined;
  readonly closing?: string | undefined;
}): string {
  return [words.subject ?? '', words.text, words.html ?? '', words.closing ?? '']
    .filter((part) => part !== '')
    .join('\n\n');
}

export function TemplateVersions(props: {
  readonly template: Template;
  readonly now: Words;
  onTake?: ((words: Template['words']) => void) | undefined;
}) {
  const { template, now, onTake } = props;
  const [compared, setCompared] = useState<number | null>(null);
  const builtIn = { version: 0, words: null, note: null, writtenBy: '', writtenAt: '' };
  return (
    <Stack gap="sm">
      {[...template.versions, builtIn].map((version) => {
        const words = version.words ?? template.builtIn;
        const isShown = compared === version.version;
        return (
          <div key={version.version}>
            <Group justify="space-between" wrap="wrap" gap="xs">
              <div style={{ minWidth: 0, flex: '1 1 200px' }}>
                <Text size="sm" fw={550}>
                  {version.version === 0 ? 'Comes with the program' : `Version ${version.version}`}
                  {version.version > 0 && version.words === null ? ': back to the built-in words' : ''}
                </Text>
                <Text size="xs" c="dimmed">
                  {version.version === 0 ? 'Always there' : momentWords(version.writtenAt)}
                  {version.note ? ` · ${version.note}` : ''}
                </Text>
              </div>
              <Group gap={6}>
                <Button
                  size="compact-xs"
                  variant="default"
                  aria-expanded={isShown}
                  onClick={() => setCompared(isShown ? null : version.version)}
                >
                  {isShown ? 'Hide' : 'Compare'}
                </Button>
                {onTake ? (
                  <Button size="compact-xs" variant="default" onClick={() => onTake(words)}>
                    Take up
                  </Button>
                ) : null}
              </Group>
            </Group>
            {isShown ? <Difference before={asText(words)} after={asText(now)} /> : null}
          </div>
        );
      })}
    </Stack>
  );
}

function Difference({ before, after }: { readonly before: string; readonly after: string }) {
  const lines = diffLines(before, after);
  if (lines.every((line) => line.kind === 'same'))
    return (
      <Text size="sm" c="dimmed" mt="xs">
        The same as the words on the left.
      </Text>
    );
  return (
    <div>
      {lines.map((line, index) => (
        <Text
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text have no other name
          key={index}
          component="pre"
          size="xs"
          my={0}
          style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
          fw={line.kind === 'new' ? 700 : 400}
          {...(line.kind === 'new' ? {} : { c: COLOURS[line.kind] })}
        >
          {MARKS[line.kind]} {line.text}
        </Text>
      ))}
    </div>
  );
}
