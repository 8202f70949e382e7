//! The words that the rules for English know, in lower case.

use crate::coach::list::List;

/// Forms of to be, and what stands for them.
pub(super) const BE: List = List(
    "is|are|was|were|be|being|been|am|seem|seems|has become|have become|became|become|are being|is being|get\
     |gets",
);

/// Said beside a word without saying more.
pub(super) const DEGREES: List = List(
    "too|so|very|just|simply|really|a bit|quite|all|always|often|such|a|an|rather|extremely|generally|mostly\
     |completely|totally|both|badly|still",
);

/// What only people are.
pub(super) const BAD: List = List(
    "lazy|incompetent|irresponsible|careless|selfish|dishonest|stupid|dumb|idiots|idiot|arrogant|negligent\
     |unprofessional|inconsiderate|stubborn|rude|ignorant|apathetic|greedy|sloppy|bad mannered|ill mannered\
     |thoughtless|immature|uncooperative|unmotivated|undisciplined|disrespectful|spoiled|spoilt|narrow minded\
     |complacent|dictator|liar|unhelpful|being difficult|hopelessly|clueless|hostile|unwilling|indifferent\
     |cowards|moody|pig headed|workshy|work shy|reckless|inattentive|forgetful|inept",
);

/// What a thing may be, too.
pub(super) const BAD_OF_SOMEBODY: List = List(
    "useless|unreliable|unfriendly|bad|soft|hopeless|weak|to blame|a bad leader|bad leader|bossy|incapable\
     |only interested in|only interested in themselves|paying attention|poor leader",
);

/// What somebody does or has, and nothing else could.
pub(super) const BAD_DEEDS: List = List(
    "don't care|doesn't care|do not care|does not care|didn't care|couldn't care less|could not care less\
     |can't be bothered|cannot be bothered|couldn't be bothered|human error|no motivation|no manners\
     |no discipline|lacks discipline|lack discipline|lack of discipline|bad attitude|poor attitude\
     |wrong attitude|no sense of responsibility|lacks responsibility|no common sense|no work ethic\
     |wasn't paying attention|not paying attention|weren't paying attention|don't pay attention\
     |doesn't pay attention|don't want to work|doesn't want to work|is to blame|are to blame|was to blame\
     |driver's fault|manager's fault|boss's fault|operator's fault|teacher's fault|parents' fault\
     |their own fault|his fault|her fault|their fault|refuse to follow|refuses to follow|didn't do his job\
     |didn't do her job|attitude problem|bad attitudes|do whatever they like|does whatever he likes\
     |does whatever she likes|sloppy work|thinks he is|thinks she is|think they are|only want to\
     |only wants to|only think of themselves|only thinks of himself|only thinks of herself|don't bother\
     |doesn't bother|didn't bother|won't listen|doesn't listen|don't listen|never listens|never listen\
     |refuse to|refuses to|won't cooperate|don't cooperate|doesn't want to understand\
     |don't want to understand|don't want to change|doesn't want to change|don't take responsibility\
     |doesn't take responsibility|can't do their job|can't do his job|can't do her job|doesn't do his job\
     |doesn't do her job|don't do their job|don't do their jobs|takes no responsibility\
     |take no responsibility|didn't pay attention|not motivated|doesn't try|don't try|make no effort\
     |makes no effort|no initiative|can't teach|can't manage|can't lead|can't organise|can't organize\
     |messed up|messes up|keeps messing up|screwed up|fault of the|behave badly|behaves badly\
     |lost all motivation|lost motivation|have no respect|has no respect|bullies everyone|is no good\
     |are no good|drags his feet|drag their feet|doesn't do his work|don't do their work|takes advantage\
     |always complaining|always complains",
);

/// Who can be blamed.
pub(super) const PEOPLE: List = List(
    "staff|manager|managers|management|boss|bosses|supervisor|foreman|leader|leaders|team leader|team\
     |employees|employee|workers|worker|operator|operators|technician|technicians|engineer|engineers|clerk\
     |clerks|officer|officers|official|officials|chair|chairman|chairperson|president|director|head|principal\
     |teacher|teachers|pupils|students|student|kids|children|child|parents|parent|mothers|fathers\
     |young people|youth|teenagers|old people|elderly|people|residents|citizens|neighbours|neighbors\
     |foreigners|immigrants|visitors|customers|customer|users|user|patients|patient|nurse|nurses|doctor\
     |doctors|carer|carers|driver|drivers|mayor|politicians|councillors|council|government|contractor\
     |contractors|supplier|suppliers|vendor|colleague|colleagues|guy|guys|man|men|woman|women|he|she|they\
     |night shift|newcomers|volunteers|members|treasurer|receptionist|somebody|crew|shop assistants\
     |assistants|assistant|coach|farmers|captain|head office|landlord|landlords|tenants|guests|shopkeepers\
     |cooks|chef|cook|programmers|developers|union|police|priest|everyone|everybody|fishermen|elders|adults\
     |husbands|wives",
);

/// Then it is told what somebody says, or it is said not to be so.
pub(super) const HEARSAY: List = List(
    "it is not that|it's not that|not because|was told|were told|are told|is told|called|people say|says that\
     |say that|not for lack of",
);

/// How a cause may open.
pub(super) const OPENINGS: List = List(
    "because|because of|due to|the|a|there is|there's|there are|there was|there were|of|we|we have|fact that\
     |it's|it is|probably|maybe|i think|our|just|simply|that|still",
);

/// Little of something.
pub(super) const LITTLE: List = List(
    "lack of|a lack of|lack|lacks|lacking|insufficient|inadequate|poor|low|bad|weak|not enough|no|little\
     |too little|no real|missing|declining|weakening|absence of|problems with|problems with the|poor level of\
     |no sense of|outdated|old fashioned|wrong|ineffective|inefficient|weakened|loss of|poor sense of",
);

/// Between that and its noun.
pub(super) const QUALIFIERS: List = List(
    "general|good|proper|mutual|internal|public|community|social|team|staff|safety|risk|information|sense|of\
     |the|clear|cross|local|employee|our|overall|work|real|customer|political|civic|strategic|business|basic\
     |adequate|effective|any|disaster|environmental|project|time|patient",
);

/// What everybody sees something else behind.
pub(super) const ABSTRACT: List = List(
    "awareness|consciousness|communication|communications|cooperation|collaboration|coordination|teamwork\
     |motivation|morale|management|education|understanding|interest|environment|information sharing|urgency\
     |ties|leadership|planning|checking|checks|culture|quality|engagement|commitment|atmosphere|organisation\
     |organization|system|structure|attitude|mindset|ownership|accountability|transparency|trust|concern\
     |connection|relationships|solidarity|preparation|supervision|attention|efficiency|pr|publicity\
     |visibility|governance|focus|respect|relations|cohesion|spirit|initiative|vision|empathy|responsibility\
     |dialogue|knowledge|clarity|professionalism|energy|enthusiasm|involvement|participation|consideration\
     |consensus|discussion|exchange|consultation|monitoring|oversight|follow up|handover|safety|team spirit\
     |community spirit|orientation|policy|policies|mentality|philosophy|hospitality|values|image|service\
     |productivity|credibility|flexibility|loyalty|community|infrastructure|bureaucracy",
);

/// Vague by itself.
pub(super) const BARE: List = List(
    "miscommunication|silos|silo thinking|bureaucracy|misunderstanding|misunderstandings|globalisation\
     |globalization|mismanagement|indifference|social indifference|public indifference|red tape|stress\
     |complacency|inertia|tradition|politics",
);

/// That something is not good, and nothing else.
pub(super) const FAULTY: List = List(
    "lacking|bad|poor|low|weak|insufficient|inadequate|missing|declining|outdated|inefficient|broken|unclear\
     |weakened|eroding|rigid",
);

/// What would fit every theme.
pub(super) const SAYING_NOTHING: List = List(
    "there are problems|there are various problems|there are many problems|there are some problems\
     |there are issues|there are various issues|there are many issues|various problems|various issues\
     |times have changed|society has changed|society is changing|times are changing|things are not going well\
     |things don't work|things do not work|things aren't going well|information is not shared\
     |information isn't shared|no sense of urgency|company culture|corporate culture|safety culture\
     |organisational culture|organizational culture|as one team|not on the same page|aren't on the same page\
     |system is broken|it's the system|sign of the times|modern life|poor teamwork|problem with society\
     |barriers between|the economy|changing environment|changing times|changing lifestyles|generation gap\
     |cultural differences|problems with communication|communication problems|communication problem\
     |communication issues|organisational problems|organizational problems|management problems\
     |systemic problems|structural problems|isn't attractive|not attractive|state of society|bad economy\
     |environment is changing|lifestyles have changed|values have changed|does not work well\
     |doesn't work well|isn't working|no unity|not united|gap between|pull together",
);

/// That something is not there.
pub(super) const WITHOUT: List = List(
    "no|there is no|there are no|there's no|there was no|there were no|lack of|a lack of|lack|lacks|we lack\
     |not enough|insufficient|too few|too little|missing|shortage of|a shortage of|don't have|doesn't have\
     |didn't have|do not have|does not have|did not have|haven't got|hasn't got|have no|has no|had no|get no\
     |got no|without|absence of|inadequate|there isn't|there aren't|there wasn't|there is not|there is nobody\
     |there's nobody|there is no one|nobody|don't get|lacking",
);

/// What somebody would have brought as the answer.
pub(super) const SOLUTIONS: List = List(
    "manual|manuals|manuel|guide|guides|guideline|guidelines|handbook|checklist|checklists|budget|money|funds\
     |funding|financing|subsidy|subsidies|grant|grants|app|apps|software|system|systems|tool|tools|database\
     |website|training|workshops|staff|personnel|manpower|workforce|employees|people|volunteers|nurses\
     |teachers|expert|experts|specialist|specialists|coordinator|interpreter|interpreters|translator\
     |contact person|who can interpret|leader|rule|rules|regulation|regulations|procedure|procedures|process\
     |standard|standards|criteria|policy|policies|plan|strategy|penalty|penalties|fines|fine|camera|cameras\
     |equipment|facilities|machines|sensor|alarm|maintenance|inspection|double check|documentation|document\
     |documents|template|helpline|hotline|buses|parking|parking spaces|place to meet|signs|signage|resources\
     |incentive|successors|successor|menu|tests|automated tests|scheme|programme|program|curators|childcare\
     |day care|nursery|wi fi|wifi|spare machine|spare parts|backup|replacement|substitutes|mentor|mentors\
     |mentoring|supervisor|security|guard|guards|trainer|trainers|doctors|carers|drivers|engineers|caretaker\
     |reminder|reminders|map|maps|list|instructions|instruction|incentives|framework|schedule|platform\
     |network|toolkit|counsellor|counsellors|helpers|meeting place|meeting room|shelter|toilets|lighting\
     |street lights|to talk to|to ask|insurance|bus service|public transport|labels|timetable|newsletter\
     |forum|committee|protocol|protocols|translation|translations|scholarships|thermometer|thermometers\
     |air conditioning|air conditioner|heating|scanner|scanners|printer|printers|computer|computers|tablets\
     |laptops|lift|elevator|ramp|handrail|first aid kit|fire extinguisher|fence|counter|workshop|course\
     |courses|classes|volunteer|interpreting|advice centre|advice|after school care|social worker\
     |social workers|tutors|tutor|coaching|support scheme|support|inventory system|vets|midwives|common rules",
);

/// The same in two words.
pub(super) const SCARCE: List = List(
    "staff shortage|staff shortages|labour shortage|labor shortage|understaffed|understaffing|underfunded\
     |underfunding|short staffed",
);

/// After the thing that is not there.
pub(super) const LACKING: List =
    List("missing|lacking|not available|insufficient|inadequate|not enough|unavailable|absent|not in place");

/// Things that can be measured, of which there may well be too little.
pub(super) const MEASURED: List = List(
    "rain|sleep|water|light|daylight|sunlight|sun|snow|iron|oxygen|weather|eyesight|soil|food|heat|salt|fuel\
     |petrol|wind|ice|space|room|seats|exercise|drainage|ventilation|reception|signal|hearing|sight|harvest\
     |harvests|roads",
);

/// What a short card begins with that says no more than "not good".
pub(super) const SHORT_OF: List = List("lack of|insufficient|inadequate|poor|absence of");

/// At the end: that people are not one.
pub(super) const TOGETHER: List = List("as one team|pull together|work together|on the same page");

/// What may follow an abstract word.
pub(super) const OF_WHAT: List = List("between|of|in|about|from|among|with|on|at|for|within|to|towards");

/// What may follow a solution.
pub(super) const FOR_WHAT: List = List("for|to|of|that|which|or|who|about|on|in|at|it|them|between|available|yet");

/// Words that say "without" only where they open a cause, or after these verbs.
pub(super) const BARE_WITHOUT: List = List("no|without|missing|nobody");
/// The verbs.
pub(super) const HAVING: List = List("get|have|had|has|got|gets|is|are");

/// Of people or tools, as rain is measured.
pub(super) const SHORTAGE: List = List("shortage of|a shortage of|too few|shortages of");

/// Not this: faulty, too.
pub(super) const FINE: List =
    List("good|great|working|working well|sufficient|enough|shared|adequate|functioning|clear");

/// To be, denied.
pub(super) const IS_NOT: List =
    List("is not|are not|was not|were not|isn't|aren't|wasn't|weren't|is no longer|are no longer");
