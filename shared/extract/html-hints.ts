import type { HtmlElement } from './html-tree'

// Classes and ids are not standardised, but the few publishing systems that most government sites
// run on name the article alike, and what stands around it is named by common words.

/** Names that publishing systems give to the article, in classes and ids. */
const ARTICLE_NAMES =
  /^(?:trs_editor|trs_ueditor|ucap-content|zoom|zoomcon|con_text|ivs_content|wp_articlecontent|article-?(?:content|body|con|text)|articlecontent|content-?text|news-?(?:content|text|con|body)|newscontent|detail-?(?:content|con|text|body)|pages_content|view|vsb_content(?:_\d+)?|xxgk_content|easysite-news-text|bt_content|txt|textcontent|art_con|arc_content|cms-?content|rich_media_content|js_content|entry-content|post-content|maincontent|main-text|j-fontcontent|conbody|con_con|neirong|zhengwen|gp-article)$/i

const TITLE_NAMES =
  /(?:^|[-_])(?:title|tit|biaoti|bt|headline|arti?cle-?title|wzbt|pages-title|bigtitle)(?:$|[-_\d])/i

/** Names of what stands around an article, as words within classes and ids. */
const NAVIGATION_WORDS = new Set(
  (
    'nav navbar navigation menu menus breadcrumb breadcrumbs crumb crumbs bread position location ' +
    'weizhi dqwz wzdh share bdshare fenxiang print toolbar tools pagination pager paging related ' +
    'relate xgxx xgwz xglj xgyd prev next prevnext sxpage login search qrcode ewm erweima comment ' +
    'comments pinglun recommend tuijian hotnews copyright banner'
  ).split(' '),
)

const AROUND_WORDS = new Set(
  'foot footer bottom header top topbar sidebar leftnav rightnav friendlink yqlj sitemap'.split(
    ' ',
  ),
)

const AROUND_TAGS = new Set(['aside', 'footer', 'nav'])

/** What elements are named for; each is asked once, since pages have many. */
export class Hints {
  private readonly around = new Map<HtmlElement, boolean>()
  private readonly words = new Map<HtmlElement, ReadonlySet<string>>()
  private readonly navigation = new Map<HtmlElement, boolean>()

  /** Whether an element is named as the article. */
  isArticle(element: HtmlElement): boolean {
    if (element.tag === 'article') return true
    return namesOf(element).some(name => ARTICLE_NAMES.test(name))
  }

  /** Whether an element, or what is just around it, is named as a title. */
  isTitle(element: HtmlElement): boolean {
    for (let at: HtmlElement | null = element, i = 0; at && i < 3; at = at.parent, i++) {
      if (namesOf(at).some(name => TITLE_NAMES.test(name))) return true
    }
    return false
  }

  /** Whether an element is, or stands in, the head, foot or navigation of a page. */
  standsAround(element: HtmlElement): boolean {
    const known = this.around.get(element)
    if (known !== undefined) return known
    const answer =
      (element.parent ? this.standsAround(element.parent) : false) ||
      AROUND_TAGS.has(element.tag) ||
      /^(?:navigation|banner|contentinfo|search|menu)$/.test(
        element.attributes.get('role') ?? '',
      ) ||
      (this.isNamed(element, AROUND_WORDS) && !PAGE_TAGS.has(element.tag)) ||
      (this.isNamed(element, NAVIGATION_WORDS) && !PAGE_TAGS.has(element.tag))
    this.around.set(element, answer)
    return answer
  }

  /** The same within an article, where only what holds little of its prose is believed. */
  isNavigation(
    element: HtmlElement,
    weights: ReadonlyMap<HtmlElement, number>,
    total: number,
  ): boolean {
    const known = this.navigation.get(element)
    if (known !== undefined) return known
    const isSmall = (weights.get(element) ?? 0) * 5 <= total
    const answer =
      (element.parent ? this.isNavigation(element.parent, weights, total) : false) ||
      (isSmall && (AROUND_TAGS.has(element.tag) || this.isNamed(element, NAVIGATION_WORDS)))
    this.navigation.set(element, answer)
    return answer
  }

  private isNamed(element: HtmlElement, words: ReadonlySet<string>): boolean {
    const { attributes } = element
    if (!attributes.has('class') && !attributes.has('id')) return false
    const known = this.words.get(element) ?? wordsIn(element)
    this.words.set(element, known)
    for (const word of known) if (words.has(word)) return true
    return false
  }
}

const PAGE_TAGS = new Set(['html', 'body', '#page'])

function namesOf(element: HtmlElement): string[] {
  const { attributes } = element
  const names = `${attributes.get('id') ?? ''} ${attributes.get('class') ?? ''}`
  return names === ' ' ? [] : names.split(/\s+/).filter(name => name !== '')
}

/** The words in an element's classes and id: `topNav_box` has three. */
function wordsIn(element: HtmlElement): ReadonlySet<string> {
  const words = new Set<string>()
  for (const name of namesOf(element)) {
    words.add(name.toLowerCase())
    for (const word of name.split(/[-_\d]+|(?<=[a-z])(?=[A-Z])/)) words.add(word.toLowerCase())
  }
  return words
}
