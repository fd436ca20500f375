using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PlayStationStore.Products.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Memberships : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "Months",
                table: "Variants",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Tier",
                table: "Variants",
                type: "TEXT",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Member",
                table: "Prices",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "MemberTier",
                table: "Prices",
                type: "TEXT",
                maxLength: 20,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "MonthlyGames",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Sku = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ProductId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Tier = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    From = table.Column<long>(type: "INTEGER", nullable: false),
                    Until = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MonthlyGames", x => x.Id);
                    table.ForeignKey(
                        name: "FK_MonthlyGames_Variants_Sku",
                        column: x => x.Sku,
                        principalTable: "Variants",
                        principalColumn: "Sku",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_MonthlyGames_ProductId",
                table: "MonthlyGames",
                column: "ProductId");

            migrationBuilder.CreateIndex(
                name: "IX_MonthlyGames_Sku",
                table: "MonthlyGames",
                column: "Sku");

            migrationBuilder.CreateIndex(
                name: "IX_MonthlyGames_Until",
                table: "MonthlyGames",
                column: "Until");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "MonthlyGames");

            migrationBuilder.DropColumn(
                name: "Months",
                table: "Variants");

            migrationBuilder.DropColumn(
                name: "Tier",
                table: "Variants");

            migrationBuilder.DropColumn(
                name: "Member",
                table: "Prices");

            migrationBuilder.DropColumn(
                name: "MemberTier",
                table: "Prices");
        }
    }
}
