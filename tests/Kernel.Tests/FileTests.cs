using System.Text;
using System.Text.Json.Nodes;
using CovidNotebooks.Kernel.Files;

namespace Tests.Kernel;

public sealed class FileTests : IDisposable
{
    // As Jupyter writes it: sorted or not, odd characters as they are, numbers as they were written, empty lists closed on the line.
    private const string Odd = """
        {
         "zebra": {
          "unknown": [
           1,
           2.50,
           1e3,
           -0.0,
           null,
           true,
           []
          ]
         },
         "cells": [
          {
           "attachments": {
            "image.png": {
             "image/png": "iVBORw0KGgo="
            }
           },
           "cell_type": "markdown",
           "id": "a-1",
           "metadata": {
            "custom": {
             "b": 1,
             "a": {}
            }
           },
           "source": [
            "# Ünïcode \"quoted\" \\ 😀\n",
            "![x](attachment:image.png)\u001b"
           ]
          },
          {
           "cell_type": "raw",
           "id": "b",
           "metadata": {
            "format": "text/latex"
           },
           "source": [
            "\\alpha"
           ]
          },
          {
           "cell_type": "hologram",
           "id": "c",
           "metadata": {},
           "source": "one string"
          },
          {
           "cell_type": "code",
           "execution_count": 7,
           "id": "d",
           "metadata": {
            "tags": [
             "parameters"
            ]
           },
           "outputs": [
            {
             "data": {
              "application/vnd.unknown+json": {
               "x": 0.10
              },
              "text/plain": [
               "1"
              ]
             },
             "execution_count": 7,
             "metadata": {
              "isolated": true
             },
             "output_type": "execute_result"
            }
           ],
           "source": []
          }
         ],
         "metadata": {
          "kernelspec": {
           "display_name": ".NET (C#)",
           "language": "C#",
           "name": ".net-csharp"
          },
          "orig_nbformat": 4
         },
         "nbformat": 4,
         "nbformat_minor": 5
        }

        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void An_odd_notebook_is_written_letter_by_letter_as_it_was_read()
    {
        var path = folder.Write("odd.ipynb", Odd);
        var notebook = NotebookFile.Read(path);
        Assert.Equal([CellKind.Markdown, CellKind.Raw, CellKind.Other, CellKind.Code], notebook.Cells.Select(c => c.Kind));
        notebook.Save(path);
        Assert.Equal(Odd, File.ReadAllText(path));
        Assert.Equal((byte)'{', File.ReadAllBytes(path)[0]);
    }

    [Fact]
    public void What_is_added_is_written_as_Jupyter_writes_it()
    {
        var notebook = NotebookFile.Create();
        notebook.Insert(0, CellKind.Code, "var s = \"é😀\\n\";\n\ts", "first")
            .Outputs.Add(new JsonObject { ["text"] = "\b\f\u0001\ud83d" });
        Assert.Equal(
            """
            {
             "cells": [
              {
               "cell_type": "code",
               "execution_count": null,
               "id": "first",
               "metadata": {
                "dotnet_interactive": {
                 "language": "csharp"
                },
                "polyglot_notebook": {
                 "kernelName": "csharp"
                }
               },
               "outputs": [
                {
                 "text": "\b\f\u0001\ud83d"
                }
               ],
               "source": [
                "var s = \"é😀\\n\";\n",
                "\ts"
               ]
              }
             ],
             "metadata": {
              "kernelspec": {
               "display_name": ".NET (C#)",
               "language": "C#",
               "name": ".net-csharp"
              },
              "language_info": {
               "name": "polyglot-notebook"
              },
              "polyglot_notebook": {
               "kernelInfo": {
                "defaultKernelName": "csharp",
                "items": [
                 {
                  "aliases": [],
                  "languageName": "csharp",
                  "name": "csharp"
                 }
                ]
               }
              }
             },
             "nbformat": 4,
             "nbformat_minor": 5
            }

            """,
            notebook.ToText());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(5)]
    public void Each_minor_version_is_read_and_ids_are_given_only_where_they_belong(int minor)
    {
        var notebook = NotebookFile.Parse("{\"cells\": [], \"metadata\": {}, \"nbformat\": 4, \"nbformat_minor\": " + minor + "}");
        Assert.Equal(minor == 5 ? "x" : null, notebook.Insert(0, CellKind.Code, "1", "x").Id);
        Assert.Equal(minor == 5 ? "x-2" : null, notebook.Insert(0, CellKind.Markdown, "1", "x").Id);
    }

    [Theory]
    [InlineData("", "n is not a notebook: its JSON is broken at line 1, byte 1 (the file is empty).")]
    [InlineData("{\"cells\": [", "n is not a notebook: its JSON is broken at line 1, byte 12 (")]
    [InlineData("{\n<<<<<<< HEAD\n}", "n is not a notebook: its JSON is broken at line 2, byte 1 (")]
    [InlineData("[]", "n is not a notebook: it has no 'nbformat' at its top.")]
    [InlineData("{\"nbformat\": 3, \"nbformat_minor\": 0}", "n is of nbformat 3.0, and 4.0 to 4.5 can be read.")]
    [InlineData("{\"nbformat\": 4, \"nbformat_minor\": 6, \"cells\": []}", "n is of nbformat 4.6, and 4.0 to 4.5 can be read.")]
    [InlineData("{\"nbformat\": \"4\", \"nbformat_minor\": 5, \"cells\": []}", "n is of nbformat \"4\".5, and 4.0 to 4.5 can be read.")]
    [InlineData("{\"nbformat\": 4, \"nbformat_minor\": 5}", "n has no list of 'cells'.")]
    [
        InlineData(
            "{\"nbformat\": 4, \"nbformat_minor\": 5, \"cells\": [{\"cell_type\": \"raw\"}, 3]}",
            "Cell 2 of n is not a cell: it has no 'cell_type'."),
    ]
    [InlineData("{\"nbformat\": 4, \"nbformat_minor\": 5, \"cells\": [], \"cells\": []}", "n is not a notebook: its JSON is broken (")]
    public void What_is_not_a_notebook_is_refused_with_the_reason(string text, string reason) =>
        Assert.StartsWith(reason, Assert.Throws<NotebookException>(() => NotebookFile.Parse(text, "n")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_notebook_cut_anywhere_is_refused()
    {
        for (var length = 0; length < Odd.TrimEnd().Length; length += 7)
        {
            Assert.Throws<NotebookException>(() => NotebookFile.Parse(Odd[..length]));
        }
    }

    [Fact]
    public void Missing_files_and_bytes_that_are_no_text_are_refused()
    {
        Assert.StartsWith(
            "There is no notebook",
            Assert.Throws<NotebookException>(() => NotebookFile.Read(folder.File("none.ipynb"))).Message,
            StringComparison.Ordinal);
        File.WriteAllBytes(folder.File("bytes.ipynb"), [0x7B, 0xFF, 0xFE, 0x7D]);
        Assert.Contains(
            "cannot be read",
            Assert.Throws<NotebookException>(() => NotebookFile.Read(folder.File("bytes.ipynb"))).Message,
            StringComparison.Ordinal);
        File.WriteAllText(folder.File("mark.ipynb"), Odd, new UTF8Encoding(true));
        Assert.Equal(Odd, NotebookFile.Read(folder.File("mark.ipynb")).ToText());
    }

    [Theory]
    [InlineData("""{"polyglot_notebook":{"kernelName":"html"},"dotnet_interactive":{"language":"csharp"}}""", "html")]
    [InlineData("""{"dotnet_interactive":{"language":"javascript"}}""", "javascript")]
    [InlineData("{}", "csharp")]
    public void The_kernel_of_a_cell_is_its_own_or_the_default(string metadata, string kernel)
    {
        var notebook = NotebookFile.Parse($$$"""
            {
              "cells": [{"cell_type": "code", "metadata": {{{metadata}}}, "source": ""}],
              "metadata": {"kernelspec": {"name": ".net-csharp"}},
              "nbformat": 4,
              "nbformat_minor": 5
            }
            """);
        Assert.Equal(kernel, notebook.Cells[0].KernelName);
    }

    [Fact]
    public void A_dib_file_becomes_cells()
    {
        var path = folder.Write(
            "n.dib",
            "#!meta\n\n{\"kernelInfo\":{\"defaultKernelName\":\"csharp\",\"items\":[]}}\n\n#!markdown\n\n# "
                + "Title\n\n#!csharp\n\n#!time\nvar x = 1;\n\n#!html\n\n<b/>\n\n#!csharp\n\nx");
        var notebook = NotebookFile.Read(path);
        Assert.Equal(
            ["Markdown csharp # Title", "Code csharp #!time\nvar x = 1;", "Code html <b/>", "Code csharp x"],
            notebook.Cells.Select(c => $"{c.Kind} {c.KernelName} {c.Source}"));
        Assert.Equal(notebook.ToText(), NotebookFile.Parse(notebook.ToText()).ToText());
    }

    [Fact]
    public void Saving_over_a_file_replaces_it_whole_and_leaves_nothing_beside_it()
    {
        var path = folder.Write("deep/n.ipynb", "old");
        NotebookFile.Create().Save(path);
        Assert.Empty(NotebookFile.Read(path).Cells);
        Assert.Equal([path], Directory.EnumerateFiles(folder.File("deep")));
    }
}
