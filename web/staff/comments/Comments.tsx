// What colleagues said of a customer, a dispute or a task, and saying something: whoever is mentioned is told by mail.

import { Button, Group, MultiSelect, Stack, Text, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { addComment, listComments } from '#comments/contract.ts';
import { readOn, rowsOf, useCommand, usePages } from '../../lib/data.ts';
import { filled } from '../../lib/fields.ts';
import { momentWords } from '../../lib/format.ts';
import { Panel, Trouble } from '../../ui/Page.tsx';

type CommentsProps = { readonly kind: 'customer' | 'dispute' | 'task'; readonly subjectId: string };

const PAGE = 10;

export function Comments({ kind, subjectId }: CommentsProps) {
  const pages = usePages(listComments, { query: { kind, subjectId, limit: PAGE } });
  const first = pages.data?.pages[0];
  const [isWriting, setWriting] = useState(false);
  if (!first) return null;
  const rows = rowsOf(pages.data);
  const mayWrite = first.may.comment === true;
  if (rows.length === 0 && !mayWrite) return null;
  const begin = (
    <Group>
      <Button size="compact-sm" variant="default" onClick={() => setWriting(true)}>
        Comment
      </Button>
    </Group>
  );
  if (rows.length === 0 && !isWriting) return begin;
  return (
    <Panel title="Comments">
      <Stack gap="sm">
        {rows.map((row) => (
          <div key={row.commentId}>
            <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              {row.words}
            </Text>
            <Text size="xs" c="dimmed">
              {row.by} · {momentWords(row.at)}
              {row.mentions.length > 0 ? ` · told: ${row.mentions.join(', ')}` : ''}
            </Text>
          </div>
        ))}
        {pages.hasNextPage ? (
          <Group>
            <Button size="compact-sm" variant="subtle" onClick={() => readOn(pages)}>
              Earlier ones
            </Button>
          </Group>
        ) : null}
        {mayWrite && isWriting ? (
          <Writing people={first.people} about={{ kind, subjectId }} onClose={() => setWriting(false)} />
        ) : null}
        {mayWrite && !isWriting ? begin : null}
      </Stack>
    </Panel>
  );
}

type WritingProps = {
  readonly people: readonly { readonly userId: string; readonly name: string }[];
  readonly about: CommentsProps;
  onClose(): void;
};

function Writing({ people, about, onClose }: WritingProps) {
  const add = useCommand(addComment);
  const [words, setWords] = useState('');
  const [mentions, setMentions] = useState<string[]>([]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const said = filled(words);
    if (said) add.mutate({ body: { ...about, words: said, mentions } }, { onSuccess: onClose });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <Textarea
          label="Comment"
          description="For colleagues only; no customer sees it."
          required
          data-autofocus
          autoFocus
          autosize
          minRows={2}
          maxLength={4000}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <MultiSelect
          label="Tell"
          placeholder={mentions.length === 0 ? 'nobody in particular' : ''}
          searchable
          data={people.map((one) => ({ value: one.userId, label: one.name }))}
          value={mentions}
          onChange={setMentions}
        />
        {add.error ? <Trouble problem={add.error} /> : null}
        <Group>
          <Button size="sm" type="submit" loading={add.isPending}>
            Keep it
          </Button>
          <Button size="sm" variant="default" onClick={onClose}>
            Leave it
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
