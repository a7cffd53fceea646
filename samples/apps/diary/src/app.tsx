// The app: what is loaded, which child and which section are shown.

import {useEffect, useState} from 'react';
import {createRoot} from 'react-dom/client';

import {Absence} from './absence';
import {Marks} from './marks';
import {keepRead, loadRead, News} from './news';
import {loadSchool, type School} from './school';
import {type Language, type Section, type Texts, textsFor} from './texts';
import {Timetable} from './timetable';

interface Shared {
  texts: Texts;
  language: Language;
}

function App({texts, language}: Shared) {
  const [school, setSchool] = useState<School | 'failed' | null>(null);
  const [read, setRead] = useState<string[]>([]);
  const load = async () => {
    setSchool(null);
    try {
      const [answer, known] = await Promise.all([loadSchool(), loadRead()]);
      setRead(known);
      setSchool(answer);
    } catch (error) {
      console.warn(`loading: ${(error as Error).message}`);
      setSchool('failed');
    }
  };
  useEffect(() => {
    load();
  }, []);

  if (school === null) return <p><spinner aria-label={texts.loading} /> {texts.loading}</p>;
  if (school === 'failed') {
    return (
      <div>
        <p role="alert">{texts.failed}</p>
        <button onClick={load}>{texts.retry}</button>
      </div>
    );
  }
  return <Diary texts={texts} language={language} school={school} known={read} />;
}

function Diary({texts, language, school, known}: Shared & {school: School; known: string[]}) {
  const [childId, setChildId] = useState(school.children[0]?.id ?? '');
  const [section, setSection] = useState<Section>('timetable');
  const [read, setRead] = useState(known);
  const [problem, setProblem] = useState('');
  const child = school.children.find(({id}) => id === childId);
  if (child === undefined) return <p role="alert">{texts.failed}</p>;

  const markRead = (id: string) => {
    const now = [...read, id];
    setRead(now);
    keepRead(now).then(() => setProblem(''), error => {
      console.warn(`read state: ${error.message}`);
      setProblem(texts.notKept);
    });
  };
  const unread = school.announcements.filter(({id}) => !read.includes(id)).length;
  const shown = {texts, language, child};
  return (
    <main>
      <h1>{texts.title}</h1>
      <select aria-label={texts.child} value={childId}
              onChange={event => setChildId(event.target.value)}>
        {school.children.map(({id, name, form}) => (
          <option key={id} value={id}>{`${name[language]}, ${form}`}</option>
        ))}
      </select>
      <small>{texts.teacher(child.teacher[language])}</small>
      <Sections texts={texts} section={section} choose={setSection} unread={unread} />
      {problem !== '' && <p role="alert">{problem}</p>}
      {section === 'timetable' && <Timetable key={childId} {...shown} />}
      {section === 'marks' && <Marks {...shown} />}
      {section === 'news' && (
        <News {...shown} announcements={school.announcements} read={read} markRead={markRead} />
      )}
      {section === 'absence' && <Absence key={childId} {...shown} />}
    </main>
  );
}

interface SectionsProps {
  texts: Texts;
  section: Section;
  choose: (section: Section) => void;
  unread: number;
}

function Sections({texts, section, choose, unread}: SectionsProps) {
  const names = Object.keys(texts.sections) as Section[];
  return (
    <row gap="small">
      {names.map(name => (
        <button key={name} aria-pressed={name === section} onClick={() => choose(name)}>
          {texts.sections[name]}
        </button>
      ))}
      {unread > 0 && <badge tone="accent">{texts.unread(unread)}</badge>}
    </row>
  );
}

createRoot(document.body).render(<App {...textsFor(kiosk.language ?? 'en')} />);
