using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PlayStationStore.Products.Data.Migrations.Sqlite
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
                    Text = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Count = table.Column<int>(type: "INTEGER", nullable: false),
                    LastAt = table.Column<long>(type: "INTEGER", nullable: false)
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
