using System.Net;
using CovidNotebooks.Display;

namespace CovidNotebooks.Reporting;

/// <summary>A report as an HTML page: no script, no network, nothing outside the page. What comes from files is encoded.</summary>
internal static class ReportPage
{
    // Tables carry inline styles for notebooks; on paper they are smaller.
    private const string Style = """
        body{
          font-family:Helvetica,Arial,sans-serif;font-size:12px;line-height:1.35;color:#222;
          max-width:1000px;margin:16px auto;padding:0 16px;
        }
        @page{size:A4;margin:11mm}
        @media print{
          body{font-size:8.5px;line-height:1.25;margin:0;padding:0;max-width:none}
          table{font-size:7.5px !important;margin:2px 0 !important}
          th,td{padding:.5px 5px !important}
          caption{padding:1px 0 !important}
          h1{font-size:15px !important}
          h2{font-size:11px !important;margin:6px 0 1px !important}
          p,ul{margin:2px 0 !important}
          svg{width:250px;height:auto}
          tr,h2,.report-block{break-inside:avoid}
          h2{break-after:avoid}
        }
        """;

    /// <summary>A page of its own.</summary>
    public static string Of(string title, DisplayDocument document) => Of(title, document.ToHtml());

    /// <summary>A page of its own.</summary>
    public static string Of(string title, string body) =>
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
            + $"content=\"width=device-width\"><title>{WebUtility.HtmlEncode(title)}</title>\n"
        + $"<style>\n{Style}\n</style></head>\n<body>\n{body}</body></html>\n";
}
