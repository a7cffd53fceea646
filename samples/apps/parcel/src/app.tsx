// The app: which screen is shown, and what a tap asks the host to do.

import {render} from 'preact';
import {useEffect, useState} from 'preact/hooks';

import {errorText} from './errors';
import {findParcel, type Parcel} from './parcels';
import {ParcelScreen} from './parcel_screen';
import {loadRecent, rememberRecent} from './recent';
import {type Language, type Texts, textsFor} from './texts';
import {normalise, problemOf} from './track_number';

interface Shared {
  texts: Texts;
  language: Language;
}

function App({texts, language}: Shared) {
  const [parcel, setParcel] = useState<Parcel | null>(null);
  const [recent, setRecent] = useState<string[]>([]);
  useEffect(() => {
    loadRecent().then(setRecent, error => console.warn(`recent parcels: ${error.message}`));
  }, []);

  const open = (found: Parcel) => {
    setParcel(found);
    rememberRecent(recent, found.number)
        .then(setRecent, error => console.warn(`recent parcels: ${error.message}`));
  };
  if (parcel === null) return <SearchScreen texts={texts} recent={recent} open={open} />;
  const back = () => setParcel(null);
  return <ParcelScreen texts={texts} language={language} parcel={parcel} back={back} />;
}

function SearchScreen({texts, recent, open}:
                          {texts: Texts; recent: string[]; open: (parcel: Parcel) => void}) {
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState('');

  const search = (number: string) => {
    const wrong = problemOf(number);
    const found = wrong === null ? findParcel(number) : undefined;
    if (found !== undefined) open(found);
    else if (wrong === 'form') setProblem(texts.notTrackNumber);
    else if (wrong === 'checkDigit') setProblem(texts.wrongCheckDigit);
    else setProblem(texts.unknownParcel(number));
  };

  return (
    <div>
      <h1>{texts.title}</h1>
      <Greeting texts={texts} />
      <input
        aria-label={texts.trackNumber}
        placeholder="RA123456785RU"
        value={typed}
        onInput={event => setTyped((event.target as HTMLInputElement).value)}
      />
      <button onClick={() => search(normalise(typed))}>{texts.find}</button>
      {problem !== '' && <p role="alert">{problem}</p>}
      {recent.length > 0 && <h2>{texts.recent}</h2>}
      {recent.length > 0 && (
        <ul>
          {recent.map(number => (
            <li key={number}>
              <button onClick={() => search(number)}>{number}</button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Greeting({texts}: {texts: Texts}) {
  const [words, setWords] = useState('');
  const greet = async () => {
    try {
      const {firstName} = await kiosk.identity.userinfo({});
      setWords(texts.hello(firstName ?? texts.somebody));
    } catch (error) {
      setWords(errorText(error, texts));
    }
  };
  return words === '' ? <button onClick={greet}>{texts.whoAmI}</button> : <p>{words}</p>;
}

render(<App {...textsFor(kiosk.language ?? 'en')} />, document.body);
