import { DarkroomError } from '@darkroom/client';
import { useQueryClient } from '@tanstack/react-query';
import { Eye, EyeOff } from 'lucide-react';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { darkroom } from '../darkroom/darkroom.ts';
import { isSignedOut } from '../darkroom/query-client.ts';
import { Button, IconButton } from '../elements/button.tsx';
import { ServerText } from '../elements/server-text.tsx';
import type { ServerSentence } from '../words/problem-words.ts';
import { useWords } from '../words/use-words.tsx';
import { isSendable } from './api-key.ts';
import { sessionKey } from './session-query.ts';

interface SignInProps {
  /** Whether there was a session before. */
  hasEnded: boolean;
}

/** Asks for an API key once and exchanges it for a session. The key is kept nowhere. */
export function SignIn({ hasEnded }: SignInProps) {
  const { page } = useWords();
  const { signIn: say } = page;
  const queryClient = useQueryClient();
  const [key, setKey] = useState('');
  const [isShown, setIsShown] = useState(false);
  const [isSending, setIsSending] = useState(false);
  const [fault, setFault] = useState<string | ServerSentence>();
  const ids = { key: useId(), fault: useId() };
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => box.current?.focus(), []);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!isSendable(key.trim())) return setFault(say.refused);
    setIsSending(true);
    setFault(undefined);
    try {
      await darkroom.session.signIn(key.trim());
      await queryClient.invalidateQueries({ queryKey: sessionKey });
      if (queryClient.getQueryData(sessionKey) === null) setFault(say.notKept);
    } catch (error) {
      if (isSignedOut(error)) return setFault(say.refused);
      const isRefused = error instanceof DarkroomError && (error.status ?? 500) < 500;
      setFault(isRefused ? { ofServer: error.message } : say.unreachable);
    } finally {
      setIsSending(false);
    }
  };

  return (
    <form className="flex flex-col gap-5 p-7" onSubmit={(event) => void submit(event)}>
      <div className="flex items-center gap-3">
        <img src="/favicon.svg" alt="" className="size-10" width={40} height={40} />
        <h1 className="text-xl font-semibold">{hasEnded ? say.ended : say.title}</h1>
      </div>
      <p className="text-muted">{hasEnded ? say.endedDetail : say.detail}</p>
      <div className="flex flex-col gap-1.5">
        <label htmlFor={ids.key} className="text-sm font-medium">
          {say.key}
        </label>
        <div className="relative">
          <input
            id={ids.key}
            className="field h-11 pr-11 font-mono"
            type={isShown ? 'text' : 'password'}
            autoComplete="current-password"
            ref={box}
            required
            spellCheck={false}
            value={key}
            aria-invalid={fault !== undefined}
            aria-describedby={ids.fault}
            onChange={(event) => setKey(event.target.value)}
          />
          <IconButton
            label={isShown ? say.hide : say.show}
            className="absolute top-1 right-1"
            onClick={() => setIsShown(!isShown)}
          >
            {isShown ? <EyeOff size={18} /> : <Eye size={18} />}
          </IconButton>
        </div>
        <p id={ids.fault} role="alert" className="min-h-5 text-sm text-bad">
          {typeof fault === 'object' ? <ServerText text={fault.ofServer} /> : fault}
        </p>
      </div>
      <Button type="submit" kind="primary" size="large" disabled={isSending || key.trim() === ''}>
        {say.submit}
      </Button>
    </form>
  );
}
