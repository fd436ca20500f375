using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PlayStationStore.Products.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class MissedSearches : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "MissedSearches",
                columns: table => new
                {
                    Text = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Count = table.Column<int>(type: "int", nullable: false),
                    LastAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MissedSearches", x => x.Text);
                });

            migrationBuilder.CreateIndex(
                name: "IX_MissedSearches_Count_Text",
                table: "MissedSearches",
                columns: new[] { "Count", "Text" });

            migrationBuilder.CreateIndex(
                name: "IX_MissedSearches_LastAt",
                table: "MissedSearches",
                column: "LastAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "MissedSearches");
        }
    }
}
